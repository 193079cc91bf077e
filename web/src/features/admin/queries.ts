/** What administration reads. */
import { call, keyOf, pages, query } from '~/api/client'
import type { Id, MemberState, SubjectRequestState } from '~/api/types'
import type { filterOf } from './audit/filter'

/** Of whoever looks after a part, those of that part. */
export const peopleCount = (state: MemberState) => query('get', '/v1/members/count', { query: { state, is_mine: true } })
export const peopleKeys = () => [keyOf('/v1/members'), keyOf('/v1/members/count'), keyOf('/v1/members/{member}'), keyOf('/v1/departments')]

export const activity = () => query('get', '/v1/activity', {})
export const peopleExports = () => query('get', '/v1/people-exports', {})
export const peopleExportKeys = () => [keyOf('/v1/people-exports')]
export const handOvers = () => pages('/v1/hand-overs', { query: { limit: 50 } }, 'after')
export const handOver = (member: string) => query('get', '/v1/hand-overs/{member}', { path: { member } })
export const handOverKeys = () => [keyOf('/v1/hand-overs'), keyOf('/v1/hand-overs/{member}'), keyOf('/v1/role-grants'), keyOf('/v1/departments')]

export const filePolicy = () => query('get', '/v1/file-policy', {})
export const invitations = () => query('get', '/v1/invitations', {})
export const roles = () => query('get', '/v1/roles', {})
export const roleGrants = (role: string) => query('get', '/v1/role-grants', { query: { role } })
export const roleGrantsOf = (members: readonly Id[]) => query('get', '/v1/role-grants', { query: { members: members.join(',') } })
/** Asked by POST, since it takes a body; it changes nothing. */
export const rolePreview = (body: { member_id: string; role_id: string; department_id: string | null }) => ({
  queryKey: [...keyOf('/v1/role-grants'), 'preview', body],
  queryFn: ({ signal }: { signal: AbortSignal }) => call('post', '/v1/role-grants/preview', { body }, { signal }),
})
export const roleKeys = () => [keyOf('/v1/roles'), keyOf('/v1/role-grants'), keyOf('/v1/members'), keyOf('/v1/me')]

export const peopleGroups = (wanted: string) => pages('/v1/people-groups', { query: { query: wanted === '' ? undefined : wanted, limit: 50 } }, 'after')
/** Read anew whenever it is opened: it is changed as it is. */
export const peopleGroup = (group: string) => ({ ...query('get', '/v1/people-groups/{group}', { path: { group } }), staleTime: 0, gcTime: 0 })
export const peopleGroupMembers = (group: string) => pages('/v1/people-groups/{group}/members', { path: { group }, query: { limit: 50 } }, 'after')
export const peopleGroupKeys = () => [keyOf('/v1/people-groups'), keyOf('/v1/people-groups/{group}'), keyOf('/v1/people-groups/{group}/members')]

export const fieldValues = (field: string) => query('get', '/v1/fields/{field}/values', { path: { field } })
export const fieldKeys = () => [keyOf('/v1/fields'), keyOf('/v1/fields/{field}/values'), keyOf('/v1/me'), keyOf('/v1/members'), keyOf('/v1/members/{member}')]

export const verification = () => query('get', '/v1/verification', {})
/** How many people there are, and how many whoever runs the server lets there be. */
export const peopleRoom = () => query('get', '/v1/members/room', {})

export const audit = (filter: ReturnType<typeof filterOf>) => pages('/v1/audit', { query: { ...filter, limit: 50 } }, 'before')
export const dataMap = () => query('get', '/v1/data-map', {})
export const drifts = () => query('get', '/v1/data-map/drifts', {})
export const retention = () => query('get', '/v1/retention', {})
/** Counted anew whenever it is looked at: what is decided on is what was shown. */
export const retentionPreview = (days: number) => ({ ...query('get', '/v1/retention/preview', { query: { chat_retention_days: days } }), staleTime: 0, gcTime: 0 })
export const retentionKeys = () => [keyOf('/v1/retention'), keyOf('/v1/retention/preview'), keyOf('/v1/organisation'), keyOf('/v1/storage'), keyOf('/v1/data-map')]
export const erasureReceipts = () => pages('/v1/erasure/receipts', { query: { limit: 50 } }, 'before')
export const erasureCheckpoint = () => query('get', '/v1/erasure/checkpoint', {})
export const jobs = () => pages('/v1/jobs', { query: { limit: 50 } }, 'before')
/** The second look comes soon: the first may be taken before this window's own socket is open. */
export const health = () => ({ ...query('get', '/v1/health', {}), staleTime: 0, refetchInterval: (of: { state: { dataUpdateCount: number } }) => (of.state.dataUpdateCount < 2 ? 3_000 : 30_000) })

/** Read again when one comes back to it: nobody tells who has read what. */
export const writtenAnnouncements = () => ({ ...pages('/v1/announcements/written', { query: { limit: 20 } }, 'before'), staleTime: 0, refetchOnWindowFocus: true })
export const unconfirmed = (announcement: string) => ({ ...pages('/v1/announcements/{announcement}/unconfirmed', { path: { announcement }, query: { limit: 50 } }, 'after'), staleTime: 0 })
export const announcementKeys = () => [keyOf('/v1/announcements'), keyOf('/v1/announcements/written'), keyOf('/v1/announcements/{announcement}/unconfirmed')]

export const applicationKeys = () => [keyOf('/v1/applications'), keyOf('/v1/applications/{application}/kept')]
export const keptThings = (application: string) => query('get', '/v1/applications/{application}/kept', { path: { application } })

export const workdays = () => query('get', '/v1/workdays', {})
export const term = (of: { from: string; days: number; zone?: string }) => query('get', '/v1/workdays/term', { query: of })

/** Read again when one comes back to it: whoever asks from outside tells no window. */
export const subjectRequests = (filter: { state?: SubjectRequestState; is_open?: true; is_overdue?: true }) => ({ ...pages('/v1/subject-requests', { query: { ...filter, limit: 50 } }, 'before'), staleTime: 0, refetchOnWindowFocus: true })
export const requestDrafts = (request: string) => query('get', '/v1/subject-requests/{subject_request}/drafts', { path: { subject_request: request } })
export const requestKeys = () => [keyOf('/v1/subject-requests'), keyOf('/v1/subject-requests/mine'), keyOf('/v1/notifications')]

/** Read again when one comes back to it: whoever lifts their own tells no other window. */
export const restrictions = () => ({ ...pages('/v1/restrictions', { query: { limit: 50 } }, 'after'), staleTime: 0, refetchOnWindowFocus: true })
export const restrictionListKeys = () => [keyOf('/v1/restrictions'), ...peopleKeys()]

export const peers = () => query('get', '/v1/peers', {})
export const peerSpeakers = () => query('get', '/v1/peer-speakers', {})
export const peerKeys = () => [keyOf('/v1/peers'), keyOf('/v1/peer-speakers'), keyOf('/v1/peer-contacts')]

export const serviceTokens = () => query('get', '/v1/service-tokens', {})
