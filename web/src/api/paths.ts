/** The operations of the API in the shape of `schema.d.ts`, so the two can be exchanged. */
import type * as t from './types'

type Parameters = { path?: Record<string, string>; query?: Record<string, string | number | boolean | undefined> }
type Answer<A, Status extends number = 200> = { [status in Status]: { content: { 'application/json': A } } }
type Nothing = { 204: { content?: never } }

interface Get<A, P extends Parameters = Record<never, never>> {
  parameters: P
  responses: Answer<A>
}
interface Send<B, R, P extends Parameters = Record<never, never>> {
  parameters: P
  requestBody: { content: { 'application/json': B } }
  responses: R
}
interface Act<R, P extends Parameters = Record<never, never>> {
  parameters: P
  responses: R
}
type At<Name extends string> = { path: { [name in Name]: string } }
type Keyset = { before?: string | undefined; after?: string | undefined; limit?: number | undefined }

type Server = {
  '/v1/capabilities': { get: Get<t.Capabilities> }
  '/v1/jobs': { get: Get<t.Page<t.JobState>, { query: Keyset }> }
  '/v1/health': { get: Get<t.Health> }
}

type Identity = {
  '/v1/setup/check': { post: Send<{ code: string }, Nothing> }
  '/v1/setup': { post: Send<t.SetUp, Answer<t.Session, 201>> }
  '/v1/sessions': {
    post: Send<t.SignIn, Answer<t.Session, 201>>
    get: Get<{ items: t.DeviceSession[] }>
    delete: Act<Nothing>
  }
  '/v1/session': { get: Get<t.Session>; delete: Act<Nothing> }
  '/v1/sessions/{session}': { delete: Act<Nothing, At<'session'>> }
  '/v1/sign-ins': { get: Get<t.Page<t.SignInRecord>, { query: Keyset }> }
  '/v1/password': { post: Send<{ current: string; new: string }, Nothing> }
  '/v1/session/invitations': { get: Get<{ items: t.PendingInvitation[] }> }
  '/v1/session/invitations/{invitation}/accept': { post: Act<Answer<t.Session, 201>, At<'invitation'>> }
  '/v1/invitations': {
    get: Get<{ items: t.Invitation[] }>
    post: Send<{ expires_in_days: number; max_uses: number; department_id?: string | null }, Answer<t.Invitation, 201>>
  }
  '/v1/invitations/{invitation}': { delete: Act<Nothing, At<'invitation'>> }
  '/v1/invitations/by-token/{token}': { get: Get<t.InvitationView, At<'token'>> }
  '/v1/invitations/by-token/{token}/accept': { post: Send<t.AcceptInvitation, Answer<t.Session, 201>, At<'token'>> }
  '/v1/members/{member}/initial-password': { post: Act<Answer<t.InitialPassword, 201>, At<'member'>> }
  '/v1/members/{member}/suspend': { post: Send<{ reason?: 'stolen' | 'abnormal' | 'other' }, Nothing, At<'member'>> }
  '/v1/members/{member}/resume': { post: Act<Nothing, At<'member'>> }
}

type Privacy = {
  '/v1/statement': { get: Get<t.Statement, { query: { language: t.Language } }> }
  '/v1/statement/acceptance': { post: Send<{ version: string; is_adult: boolean }, Nothing> }
  '/v1/statement/acceptances': { get: Get<{ items: t.Acceptance[] }> }
  '/v1/audit': { get: Get<t.Page<t.AuditEntry>, { query: Keyset }> }
  '/v1/cookies': { get: Get<{ items: t.Cookie[] }> }
}

type MemberQuery = {
  department?: string | undefined
  query?: string | undefined
  state?: string | undefined
  ids?: string | undefined
  after?: string | undefined
  limit?: number | undefined
}

type Directory = {
  '/v1/organisation': { get: Get<t.Organisation>; patch: Send<t.OrganisationChange, Answer<t.Organisation>> }
  '/v1/members': { get: Get<t.Page<t.Member>, { query: MemberQuery }>; post: Send<t.NewMember, Answer<t.AddedMember, 201>> }
  '/v1/members/{member}': { get: Get<t.Member, At<'member'>>; patch: Send<t.MemberChange, Answer<t.Member>, At<'member'>> }
  '/v1/me': { get: Get<t.Me>; patch: Send<t.MeChange, Answer<t.Me>> }
  '/v1/me/avatar': { put: Send<Blob, Nothing>; delete: Act<Nothing> }
  '/v1/departments': { get: Get<{ items: t.Department[] }>; post: Send<{ name: string; parent_id?: string | null }, Answer<t.Department, 201>> }
  '/v1/departments/{department}': {
    patch: Send<{ name?: string; parent_id?: string | null; position?: number }, Answer<t.Department>, At<'department'>>
    delete: Act<Nothing, At<'department'>>
  }
}

type Inbox = {
  '/v1/notifications': { get: Get<t.NotificationPage, { query: Keyset }> }
  '/v1/notifications/read': { post: Send<{ ids?: string[]; up_to?: string }, Nothing> }
  '/v1/notification-settings': { get: Get<t.NotificationSettings>; put: Send<t.NotificationSettings, Answer<t.NotificationSettings>> }
}

type MessageQuery = {
  before?: number | undefined
  after?: number | undefined
  around?: number | undefined
  at?: string | undefined
  limit?: number | undefined
}

type Chat = {
  '/v1/conversations': {
    get: Get<t.Page<t.Conversation>, { query: Keyset }>
    post: Send<t.NewConversation, Answer<t.Conversation, 201>>
  }
  '/v1/conversations/{conversation}': {
    get: Get<t.Conversation, At<'conversation'>>
    patch: Send<{ name?: string; history?: 'joining' | 'all' }, Answer<t.Conversation>, At<'conversation'>>
  }
  '/v1/conversations/{conversation}/leave': { post: Act<Nothing, At<'conversation'>> }
  '/v1/conversations/{conversation}/transfer': { post: Send<{ member_id: string }, Nothing, At<'conversation'>> }
  '/v1/conversations/{conversation}/dissolve': { post: Act<Nothing, At<'conversation'>> }
  '/v1/conversations/{conversation}/members': {
    get: Get<t.Page<t.ConversationMember>, At<'conversation'> & { query: Keyset }>
    post: Send<{ member_ids: string[]; department_ids: string[] }, Nothing, At<'conversation'>>
  }
  '/v1/conversations/{conversation}/members/{member}': { delete: Act<Nothing, At<'conversation' | 'member'>> }
  '/v1/conversations/{conversation}/members/{member}/role': { put: Send<{ role: t.Role }, Nothing, At<'conversation' | 'member'>> }
  '/v1/conversations/{conversation}/my': {
    patch: Send<{ is_muted?: boolean; is_pinned?: boolean; is_marked_unread?: boolean; is_hidden?: boolean }, Answer<t.Conversation>, At<'conversation'>>
  }
  '/v1/conversations/{conversation}/draft': { put: Send<{ text: string; reply_to?: number | null }, Nothing, At<'conversation'>> }
  '/v1/conversations/{conversation}/messages': {
    get: Get<t.MessageRange, At<'conversation'> & { query: MessageQuery }>
    post: Send<{ client_id: string; body: t.MessageBody }, Answer<t.Message, 200 | 201>, At<'conversation'>>
  }
  '/v1/conversations/{conversation}/messages/{seq}': {
    patch: Send<{ text: string; mentions?: string[] }, Answer<t.Message>, At<'conversation' | 'seq'>>
  }
  '/v1/conversations/{conversation}/messages/{seq}/recall': { post: Act<Nothing, At<'conversation' | 'seq'>> }
  '/v1/conversations/{conversation}/messages/{seq}/forward': {
    post: Send<{ conversation_ids: string[]; client_ids: string[] }, Nothing, At<'conversation' | 'seq'>>
  }
  '/v1/conversations/{conversation}/messages/{seq}/readers': { get: Get<t.Readers, At<'conversation' | 'seq'>> }
  '/v1/conversations/{conversation}/read': { post: Send<{ seq: number }, Nothing, At<'conversation'>> }
  '/v1/sync': { post: Send<t.SyncRequest, Answer<t.SyncAnswer>> }
}

export type paths = Server & Identity & Privacy & Directory & Inbox & Chat
