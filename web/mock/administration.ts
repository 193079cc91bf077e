/** Answers about applications, the look, working days and service tokens. */
import type { Handler } from './handlers.ts'

const workdays = { version: 0, week: [true, true, true, true, true, false, false], special_days: [], time_zone: 'Asia/Shanghai', can: { edit: true } }

const open = { open_to: 'everybody', department_ids: [], kept: 'kept', erased: 0, revision: 0 }
const keys = ['contacts', 'contact_codes', 'address_books', 'sending_files', 'message_search', 'people_exports', 'provisioning']
const applications = keys.map((key) => ({ key, is_open: true, by_departments: key !== 'provisioning', decided: open }))

const key = 'tulou/erasures/6f1c2a4e-0b7d-4c39-9a58-2d1e7b3c5f60+1a2b3c4d+AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB'
const checkpoint = 'tulou/erasures/6f1c2a4e-0b7d-4c39-9a58-2d1e7b3c5f60\n2\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n— tulou/erasures/6f1c2a4e AQEBAQ==\n'
const receipts = [
  { position: 1, at: '2026-11-20T02:10:00Z', class: 'member', rule: 'RET-08', rows: { 'chat.draft': 4, 'directory.member': 1, 'inbox.notification': 1199 }, keys: 2 },
  { position: 0, at: '2026-11-19T01:00:00Z', class: 'messages', rule: 'RET-09', rows: { 'chat.message': 311, 'search.entry': 290 }, keys: 1 },
]

export const administrationHandlers: Record<string, Handler> = {
  'GET /v1/erasure/receipts': () => ({ status: 200, body: { items: receipts } }),
  'GET /v1/erasure/receipts/{position}/certificate': ({ path }) => ({ status: 200, body: { kind: 'tulou.erasure-certificate/1', receipt: '{}', position: Number(path.position), inclusion: [], checkpoint, key } }),
  'GET /v1/erasure/checkpoint': () => ({ status: 200, body: { size: 2, checkpoint, key } }),
  'GET /v1/applications': () => ({ status: 200, body: { items: applications, can: { edit: true } } }),
  'GET /v1/applications/{application}/kept': () => ({ status: 200, body: { items: [{ kind: 'contacts', count: 12 }] } }),
  'GET /v1/brand': () => ({ status: 200, body: { revision: 0, can: { edit: true } } }),
  'GET /v1/workdays': () => ({ status: 200, body: workdays }),
  'PATCH /v1/workdays': () => ({ status: 200, body: workdays }),
  'GET /v1/workdays/term': () => ({ status: 200, body: { day: '2026-10-23', over_at: '2026-10-23T16:00:00Z', zone: 'Asia/Shanghai' } }),
  'GET /v1/organisation/dissolution': () => ({ status: 200, body: { people: 42, departments: 9, file_bytes: 3 * 1024 ** 3 } }),
  'DELETE /v1/organisation/dissolution': () => ({ status: 204 }),
  'GET /v1/peers': () => ({ status: 200, body: { items: [], is_verified: true } }),
  'GET /v1/peer-speakers': () => ({ status: 200, body: { speakers: [], revision: 0 } }),
  'GET /v1/peer-contacts': () => ({ status: 404, body: { status: 404, code: 'not_found', title: 'Not Found' } }),
  'GET /v1/service-tokens': () => ({ status: 200, body: { items: [] } }),
  'POST /v1/service-tokens': () => ({ status: 201, body: { token: {}, secret: 'tulou.0192f7a0.q3v' } }),
  'DELETE /v1/service-tokens/{token}': () => ({ status: 204 }),
}
