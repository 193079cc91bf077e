/** What the settings read: of the account, and of the member in this organisation. */
import { call, pages, query } from '~/api/client'

export const deviceSessions = () => ({
  queryKey: ['sessions'],
  queryFn: () => call('get', '/v1/sessions', {}, { organisation: null }),
})
export const signIns = () => pages('/v1/sign-ins', { query: { limit: 30 } }, 'before')
export const notificationSettings = () => query('get', '/v1/notification-settings', {})
export const cookies = () => query('get', '/v1/cookies', {})
export const reveals = () => pages('/v1/me/reveals', { query: { limit: 20 } }, 'before')
export const appPasswords = () => query('get', '/v1/app-passwords', {})
export const deviceConsent = () => query('get', '/v1/contacts/device/consent', {})
export const acceptances = () => query('get', '/v1/statement/acceptances', {})
