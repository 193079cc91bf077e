/** Which acts of the audit log belong together, so that one is found among some hundred. */
import { useLingui } from '@lingui/react/macro'

interface Group {
  id: string
  /** What the names of events begin with, in the order they are looked at. */
  events: readonly string[]
  /** Operations, by name. */
  operations: string
}

/** Some acts of a domain belong elsewhere than the others: who is more exact comes first. */
const GROUPS: readonly Group[] = [
  {
    id: 'people',
    events: ['directory.member_', 'directory.people_', 'directory.import_', 'identity.import_', 'people_exports.', 'erasure.', 'handover.'],
    operations: `addMember editMember suspendMember resumeMember disableMember removeMember leaveOrganisation listHandOvers showHandOver decideHandOver
      createPeopleExport listPeopleExports takePeopleExport listImports createImport addImportFile setImportMapping showImport listImportPeople
      listImportDepartments listImportProblems confirmImport listImportKept undoImport deleteImport takeImportResult forgetImportResult listMembers
      countMembers showPeopleRoom editMe setMyAvatar removeMyAvatar setAvatar removeAvatar`,
  },
  {
    id: 'structure',
    events: ['directory.department_', 'directory.field', 'people_groups.'],
    operations: `createDepartment editDepartment deleteDepartment mergeDepartment createField editField deleteField orderFields countFieldValues
      createPeopleGroup editPeopleGroup deletePeopleGroup previewPeopleGroup`,
  },
  {
    id: 'roles',
    events: ['directory.role_', 'directory.sensitive_act_'],
    operations: `giveRole takeRole createRole editRole deleteRole listRoles listRoleGrants previewRole approveSensitiveAct refuseSensitiveAct
      cancelSensitiveAct`,
  },
  {
    id: 'access',
    events: ['identity.'],
    operations: 'signIn setInitialPassword changePassword createInvitation revokeInvitation listInvitations acceptInvitation',
  },
  {
    id: 'organisation',
    events: ['directory.organisation_', 'hosting.', 'dissolution.', 'verification.', 'branding.', 'workdays.', 'peers.'],
    operations: `editOrganisation dissolveOrganisation restoreOrganisation showDissolution askForVerification withdrawVerification
      addVerificationDocument removeVerificationDocument editBrand setLogo removeLogo changeWorkdays listPeers askPeer acceptPeer endPeer setPeerContact
      showPeerSpeakers setPeerSpeakers showActivity`,
  },
  {
    id: 'applications',
    events: ['applications.', 'files.'],
    operations: 'changeApplication listKeptThings showFilePolicy changeFilePolicy listJobs showHealth listDrifts',
  },
  {
    id: 'programs',
    events: ['provisioning.', 'tokens.'],
    operations: 'makeServiceToken revokeServiceToken listServiceTokens upsertDirectory listDirectoryChanges listProvisionedFields',
  },
  {
    id: 'conversations',
    events: ['chat.', 'announcements.'],
    operations: `createConversation changeConversation dissolveConversation transferConversation leaveConversation addConversationMembers
      removeConversationMember setConversationRole sendMessage editMessage recallMessage forwardMessage createAnnouncement editAnnouncement
      withdrawAnnouncement listWrittenAnnouncements listUnconfirmed`,
  },
  {
    id: 'contacts',
    events: ['contacts.'],
    operations: `listContacts showContact createContact editContact deleteContact importContacts exportContacts importDeviceContacts showContactCode
      renewContactCode openContactCode listAppPasswords createAppPassword revokeAppPassword`,
  },
  {
    id: 'log',
    events: ['privacy.audit_'],
    operations: `furtherRefusals listAuditEntries exportAuditEntries showDataMap exportDataMap listErasureReceipts showErasureCertificate
      showErasureCheckpoint`,
  },
  {
    id: 'privacy',
    events: ['privacy.', 'consents.', 'requests.', 'retention.', 'personal_exports.', 'restrictions.'],
    operations: `listSubjectRequests showSubjectRequestDrafts checkSubjectRequestIdentity takeUpSubjectRequest explainSubjectRequestDelay
      finishSubjectRequest changeChatRetention cancelChatRetention showRetention previewChatRetention listMyConsents giveConsent withdrawConsent
      createPersonalExport deletePersonalExport listPersonalExports showPersonalExport takePersonalExport restrictMe
      liftMyRestriction restrictMember liftMemberRestriction showMemberRestriction listRestrictions`,
  },
]

/** Of an act of a newer server nobody knows where it belongs. */
const groupOf = (act: string) =>
  GROUPS.find(({ events, operations }) => (act.includes('.') ? events.some((begin) => act.startsWith(begin)) : operations.split(/\s+/).includes(act)))?.id ?? 'other'

export interface ActGroup {
  id: string
  label: string
  acts: string[]
}

/** Puts acts into their groups, each in the order they come in; a group of none is left out. */
export function useActGroups(): (acts: readonly string[]) => ActGroup[] {
  const { t } = useLingui()
  const labels: [string, string][] = [
    ['people', t`People`],
    ['structure', t`Departments, fields and directory groups`],
    ['roles', t`Roles and decisions`],
    ['access', t`Sign-in and invitations`],
    ['organisation', t`Organisation`],
    ['applications', t`Applications, files and health`],
    ['programs', t`Service tokens and what programs do`],
    ['conversations', t`Conversations and announcements`],
    ['contacts', t`Contacts`],
    ['privacy', t`Privacy`],
    ['log', t`Audit log and data map`],
    ['other', t`Other`],
  ]
  return (acts) => labels.map(([id, label]) => ({ id, label, acts: acts.filter((act) => groupOf(act) === id) })).filter((group) => group.acts.length > 0)
}
