/** What the settings read: of the account, and of the member in this organisation. */
import { call, pages, query } from '~/api/client'
import type { PersonalExport } from '~/api/types'

export const deviceSessions = () => ({
  queryKey: ['sessions'],
  queryFn: () => call('get', '/v1/sessions', {}, { organisation: null }),
})
export const signIns = () => pages('/v1/sign-ins', { query: { limit: 30 } }, 'before')
export const notificationSettings = () => query('get', '/v1/notification-settings', {})
export const cookies = () => query('get', '/v1/cookies', {})
export const ownData = () => query('get', '/v1/me/data', {})
export const dataUses = () => pages('/v1/me/data-uses', { query: { limit: 20 } }, 'before')
export const reveals = () => pages('/v1/me/reveals', { query: { limit: 20 } }, 'before')
export const appPasswords = () => query('get', '/v1/app-passwords', {})
/** Asked again while one is being written: how far it is, nobody tells. */
export const copies = () => ({
  ...query('get', '/v1/personal-exports', {}),
  refetchInterval: (found: { state: { data?: { items: PersonalExport[] } | undefined } }) => (found.state.data?.items.some((one) => one.state === 'writing') ? 2_000 : false as const),
})
/** Where the browser fetches one by itself: it may be larger than a page can hold. Browsers send no headers of ours with it. */
export const copyAddress = (id: string, slug: string) => `/v1/personal-exports/${id}/file?organisation=${encodeURIComponent(slug)}`
/** Read again when one comes back to it: the desk answers in its own time. */
export const ownRequests = () => ({ ...pages('/v1/subject-requests/mine', { query: { limit: 20 } }, 'before'), staleTime: 0 })
export const acceptances = () => query('get', '/v1/statement/acceptances', {})
