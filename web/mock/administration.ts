/** Answers about applications, the look, working days and service tokens. */
import type { Handler } from './handlers.ts'

const workdays = { version: 0, week: [true, true, true, true, true, false, false], special_days: [], time_zone: 'Asia/Shanghai', can: { edit: true } }

const open = { open_to: 'everybody', department_ids: [], revision: 0 }
const keys = ['contacts', 'contact_codes', 'address_books', 'sending_files', 'message_search', 'people_exports', 'provisioning']
const applications = keys.map((key) => ({ key, is_open: true, by_departments: key !== 'provisioning', decided: open }))

export const administrationHandlers: Record<string, Handler> = {
  'GET /v1/applications': () => ({ status: 200, body: { items: applications, can: { edit: true } } }),
  'GET /v1/brand': () => ({ status: 200, body: { revision: 0, can: { edit: true } } }),
  'GET /v1/workdays': () => ({ status: 200, body: workdays }),
  'PATCH /v1/workdays': () => ({ status: 200, body: workdays }),
  'GET /v1/workdays/term': () => ({ status: 200, body: { day: '2026-10-23', over_at: '2026-10-23T16:00:00Z', zone: 'Asia/Shanghai' } }),
  'GET /v1/service-tokens': () => ({ status: 200, body: { items: [] } }),
  'POST /v1/service-tokens': () => ({ status: 201, body: { token: {}, secret: 'tulou.0192f7a0.q3v' } }),
  'DELETE /v1/service-tokens/{token}': () => ({ status: 204 }),
}
