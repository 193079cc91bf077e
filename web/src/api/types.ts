/** The nouns of the API, by the names the client uses. Times are RFC 3339 strings in UTC, ids are UUIDs. */
import type { components } from './schema'

type Schema = components['schemas']

export type Id = string
export type Time = string
export type Language = 'en' | 'zh-CN' | 'zh-TW'

export interface Page<T> {
  items: T[]
  next?: string | null
}

/** RFC 9457, with the code the text catalogue is keyed by. */
export type Problem = Partial<Schema['Problem']> & { retry_after_s?: number | null }

// server
export type ActivityDay = Schema['ActivityDay']
export type Capabilities = Schema['Capabilities']
export type JobState = Schema['JobState']
export type Health = Schema['Health']
export type HealthCheck = Schema['Check']

// operators
export type HostedOrganisation = Schema['HostedOrganisation']

// verification
export type Verification = Schema['Verification']
export type VerificationAsked = Schema['Asked']
export type VerificationDocument = Schema['Document']
export type VerificationRequest = Schema['VerificationRequest']
export type VerificationState = Schema['VerificationState']
export type Disclosure = Schema['Disclosure']
export type DisclosedKind = Schema['DisclosedKind']

// peers
export type Peer = Schema['Peer']
export type PeerContact = Schema['PeerContact']
export type PeerSpeakers = Schema['PeerSpeakers']
export type PeerState = Schema['PeerState']
export type PeerToSpeakWith = Schema['PeerToSpeakWith']

// requests
export type SubjectRequest = Schema['SubjectRequest']
export type OwnSubjectRequest = Schema['OwnSubjectRequest']
export type MadeSubjectRequest = Schema['MadeSubjectRequest']
export type SubjectRequestDrafts = Schema['SubjectRequestDrafts']
export type SubjectRequestGround = Schema['SubjectRequestGround']
export type SubjectRequestKind = Schema['SubjectRequestKind']
export type SubjectRequestLateness = Schema['SubjectRequestLateness']
export type SubjectRequestOutcome = Schema['SubjectRequestOutcome']
export type SubjectRequestProof = Schema['SubjectRequestProof']
export type SubjectRequestState = Schema['SubjectRequestState']

// restrictions
export type Restriction = Schema['Restriction']
export type RestrictionReason = Schema['RestrictionReason']
export type MyRestriction = Schema['MyRestriction']

// identity
export type Role = Schema['Role']
export type MemberState = Schema['State']
export type Must = Schema['Must']
export type Hint = Schema['Hint']
export type Session = Schema['Session']
export type SessionOrganisation = Schema['SessionOrganisation']
export type DeviceSession = Schema['DeviceSession']
export type SignInRecord = Schema['SignIn']
export type Invitation = Schema['ListedInvitation']
export type CreatedInvitation = Schema['CreatedInvitation']
export type InvitationView = Schema['ShownInvitation']
export type AcceptInvitation = Schema['AcceptInvitation']
export type AddedMember = Schema['AddedMember']
export type InitialPassword = Schema['InitialPassword']
export type SetUp = Schema['SetUp']
export type CheckSetUp = Schema['CheckSetUp']
export type ChatRetentionDays = 90 | 180 | 360 | 720

export type Import = Schema['Import']
export type ImportList = Schema['ImportList']
export type ImportMapping = Schema['ImportMapping']
export type ImportField = Schema['ImportField']
export type ImportCounts = Schema['ImportCounts']
export type ImportSummary = Schema['ImportSummary']
export type ImportPerson = Schema['ImportPerson']
export type ImportDepartment = Schema['ImportDepartment']
export type ImportFieldChange = Schema['ImportFieldChange']
export type ImportDeedCount = Schema['ImportDeedCount']
export type ImportDeedKind = Schema['ImportDeedKind']
export type ImportKept = Schema['ImportKept']
export type ImportOutcome = Schema['ImportOutcome']
export type ImportProblem = Schema['ImportProblem']
export type ImportProblemCount = Schema['ImportProblemCount']
export type ImportSeverity = Schema['ImportSeverity']

// privacy
export type Statement = Schema['Statement']
export type PrivacyBlock = Schema['PrivacyBlock']
export type PrivacyDocument = Schema['PrivacyDocument']
export type PrivacyDocumentKind = Schema['PrivacyDocumentKind']
export type PrivacyDocuments = Schema['PrivacyDocuments']
export type Acceptance = Schema['AcceptedStatement']
export type Cookie = Schema['Cookie']
export type KeptFor = Schema['KeptFor']
export type Storage = Schema['Storage']
export type Until = Schema['Until']
export type ComposedMap = Schema['ComposedMap']
export type Drift = Schema['Drift']
export type Drifts = Schema['Drifts']
export type DataUse = Schema['DataUse']
export type Flow = Schema['Flow']
/** How the records of processing are written. */
export type RecordsFormat = 'csv' | 'json' | 'assessment'
export type Words = Schema['Words']
export type WhomToAsk = Schema['WhomToAsk']
export type AuditEntry = Schema['AuditEntry']
export type AuditFormat = Schema['AuditFormat']

// consents
export type Consent = Schema['MyConsent']
export type ConsentWay = Schema['ConsentWay']
export type GivenConsent = Schema['GivenConsent']

// retention
export type Retention = Schema['Retention']
export type RetentionPreview = Schema['ChatRetentionPreview']
export type RetentionRule = Schema['RetentionRule']
export type RetentionShortening = Schema['ChatRetentionShortening']

// receipts
export type ErasureReceipt = Schema['ErasureReceipt']

// directory
export type Dissolution = Schema['Dissolution']
export type EditOrganisation = Schema['EditOrganisation']
export type PeopleExport = Schema['PeopleExport']
export type PeopleExportFormat = Schema['PeopleExportFormat']
export type PersonalExport = Schema['PersonalExport']
export type OwnData = Schema['OwnData']
export type OwnPlace = Schema['OwnPlace']
export type FilePolicy = Schema['FilePolicy']
export type AccessRole = Schema['AccessRole']
export type ActKind = 'directory.give_owner' | 'directory.take_owner' | 'directory.lengthen_retention' | 'people_exports.export_people' | 'dissolution.dissolve_organisation'
export type HandOver = Schema['HandOver']
export type HandOverDone = Schema['HandOverDone']
export type HandOverThing = Schema['HandOverThing']
export type Leaver = Schema['Leaver']
export type BuiltInRole = Schema['BuiltInRole']
export type Organisation = Schema['Organisation']
export type OfferedPermission = Schema['OfferedPermission']
export type Permission = Schema['Permission']
export type RoleGrant = Schema['RoleGrant']
export type RolePreview = Schema['RolePreview']
export type RoleRefusal = Schema['Refusal']
export type SensitiveAct = Schema['SensitiveAct']
export type LetterPlace = Schema['LetterPlace']
export type Member = Schema['Member']
export type MemberChange = Schema['EditMember']
export type Me = Schema['Me']
export type MeChange = Schema['EditMe']
export type Department = Schema['Department']
export type DepartmentChange = Schema['EditDepartment']
export type DepartmentSees = Schema['DepartmentSees']
export type Field = Schema['Field']
export type FieldAudience = Schema['FieldAudience']
export type FieldKind = Schema['FieldKind']
export type FieldNames = Schema['FieldNames']
export type FieldValue = Schema['FieldValue']
export type BuiltInField = Schema['BuiltInField']

// groups of people
export type PeopleGroup = Schema['PeopleGroup']
export type PeopleGroupKind = Schema['PeopleGroupKind']
export type PeopleGroupMadeBy = Schema['PeopleGroupMadeBy']
export type PeopleGroupNeeds = Schema['PeopleGroupNeeds']
export type PeopleGroupProblemKind = Schema['PeopleGroupProblemKind']
export type PeopleGroupTest = Schema['PeopleGroupTest']

// contacts
export type OutsideContact = Schema['OutsideContact']
export type ContactCard = Schema['ContactCard']
export type ContactKind = Schema['ContactKind']
export type ContactLabel = Schema['ContactLabel']
export type ContactImport = Schema['ContactImport']
export type VcardProblem = Schema['VcardProblem']
export type PickedContact = Schema['PickedContact']
export type Principal = Schema['Principal']
export type AppPassword = Schema['AppPassword']
export type NewAppPassword = Schema['NewAppPassword']

// inbox
export type Notification = Schema['Notification']
export type NotificationPage = Schema['NotificationPage']
export type NotificationSettings = Schema['NotificationSettings']

// chat
export type TextBody = Schema['Text'] & { kind: 'text' }
export type SystemBody = Schema['System'] & { kind: 'system' }
/** A kind the client does not know is shown as "update to see this". */
export type MessageBody = Schema['Body']
export type Message = Schema['Message']
export type MessagePage = Schema['MessagePage']
export type Conversation = Schema['Conversation']
export type NewConversation = Schema['NewConversation']
export type ConversationMember = Schema['ConversationMember']
export type Readers = Schema['Readers']
export type SyncAnswer = Schema['SyncAnswer']
export type MessageHit = Schema['MessageHit']

// search
export type SearchWord = Schema['SearchWord']
export type SearchWords = Schema['SearchWords']

// files
export type FileKind = Schema['FileKind']
export type FileRef = Schema['FileRef']
export type UploadedFile = Schema['File']
export type FileAddresses = Schema['FileAddresses']
export type SentFile = Schema['ConversationFile']

// announcements
export type Announcement = Schema['Announcement']
export type AnnouncementState = Schema['AnnouncementState']
export type AnnouncerCan = Schema['AnnouncerCan']
export type WriteAnnouncement = Schema['WriteAnnouncement']
export type WrittenAnnouncement = Schema['WrittenAnnouncement']

// branding
export type Brand = Schema['Brand']
export type EditBrand = Schema['EditBrand']

// applications
export type ApplicationState = Schema['ApplicationState']
export type ChangeApplication = Schema['ChangeApplication']
export type Decided = Schema['Decided']
export type KeptThings = Schema['KeptThings']
export type OpenTo = Schema['OpenTo']
export type WhatIsKept = Schema['WhatIsKept']

// working days
export type Workdays = Schema['Workdays']
export type SpecialDay = Schema['SpecialDay']
export type SpecialDayKind = Schema['SpecialDayKind']

// provisioning
export type ServiceToken = Schema['ServiceToken']
