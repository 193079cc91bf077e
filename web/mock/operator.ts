/** The operator's console, and an organisation that wants to be verified. */
import type * as t from '../src/api/types.ts'
import type { Handler } from './handlers.ts'

const ASKED = '2026-11-20T02:00:00Z'

export const hosted: t.HostedOrganisation[] = [
  { id: 'o1', slug: 'yunwu', name: '云坞集团', people: 48, most_people: 60, revision: 2, used_bytes: 3 * 1024 ** 3, verification: 'asked' },
  { id: 'o2', slug: 'fenghe', name: '丰禾物流', people: 7, revision: 0, used_bytes: 0, suspended_at: ASKED, suspension_reason: '欠费', verification: 'none' },
]

const claim = { legal_name: '云坞集团有限公司', registration_number: '91330100MA27XYZ00A' }
const document: t.VerificationDocument = { id: 'doc1', name: '营业执照.pdf', media_type: 'application/pdf', size: 2_400_000, goes_at: '2027-06-01T08:00:00Z', added_at: ASKED }

/** An organisation that has added a document and not asked yet. */
export const verification = (state: t.VerificationState, more: Partial<t.VerificationRequest> = {}): t.Verification => ({
  state,
  ...(state === 'verified' ? { legal_name: claim.legal_name } : {}),
  request: { disclosures: [], documents: [document], ...(state === 'none' ? {} : { claim, asked_at: ASKED }), ...more },
  can: { ask: true },
})

export const operatorHandlers: Record<string, Handler> = {
  'GET /v1/operator/session': () => ({ status: 200, body: { name: 'olga', expires_at: '2026-11-22T22:00:00Z', must_change_password: false } }),
  'POST /v1/operator/session': () => ({ status: 201, body: { name: 'olga', expires_at: '2026-11-22T22:00:00Z', must_change_password: true } }),
  'DELETE /v1/operator/session': () => ({ status: 204 }),
  'POST /v1/operator/password': () => ({ status: 204 }),
  'GET /v1/operator/organisations': () => ({ status: 200, body: { items: hosted } }),
  'POST /v1/operator/founding-code': () => ({ status: 201, body: { code: 'WALL-2026-GATE', address: 'http://127.0.0.1:8080/setup' } }),
  'POST /v1/operator/organisations/{organisation}/suspend': () => ({ status: 204 }),
  'POST /v1/operator/organisations/{organisation}/resume': () => ({ status: 204 }),
  'PUT /v1/operator/organisations/{organisation}/limits': () => ({ status: 204 }),
  'GET /v1/operator/organisations/{organisation}/verification': () => ({ status: 200, body: { state: 'asked', revision: 7, claim, asked_at: ASKED, documents: [document], disclosures: [] } }),
  'POST /v1/operator/organisations/{organisation}/verification/disclosures': () => ({ status: 204 }),
  'POST /v1/operator/organisations/{organisation}/verification/verify': () => ({ status: 204 }),
  'POST /v1/operator/organisations/{organisation}/verification/refuse': () => ({ status: 204 }),
  'GET /v1/verification': () => ({ status: 200, body: verification('none') }),
  'POST /v1/verification/documents': () => ({ status: 201, body: document }),
  'DELETE /v1/verification/documents/{document}': () => ({ status: 204 }),
  'POST /v1/verification/request': () => ({ status: 200, body: verification('asked') }),
  'DELETE /v1/verification/request': () => ({ status: 204 }),
}
