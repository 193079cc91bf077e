/** Privacy requests, as the server would answer. */
import type * as t from '../src/api/types.ts'
import { memberId } from './company.ts'
import type { Handler } from './handlers.ts'

const due: t.SubjectRequest['due'] = { target_at: '2026-12-05T02:00:00Z', limit_at: '2026-12-11T16:00:00Z', lateness: 'on_time' }
const nothing: t.SubjectRequest['can'] = { check_identity: false, take_up: false, explain_delay: false, answer: false, refuse_unproven: false, forward: false }

/** One that came from outside. */
export const subjectRequest = (more: Partial<t.SubjectRequest> = {}): t.SubjectRequest => ({
  id: 'q1', number: 'K7QM-3XP2', kind: 'access', language: 'en', state: 'received', name: 'Wang Fang', contact: '+86 139 0000 0000', words: 'What do you hold of me?', received_at: '2026-11-20T02:00:00Z', due, told: {},
  can: { ...nothing, check_identity: true, explain_delay: true, refuse_unproven: true, forward: true }, ...more,
})

/** The same for whoever made it. */
export const ownRequest = (more: Partial<t.OwnSubjectRequest> = {}): t.OwnSubjectRequest => ({
  id: 'q1', number: 'K7QM-3XP2', organisation: '云坞集团', kind: 'access', state: 'received', words: 'What do you hold of me?', received_at: '2026-11-20T02:00:00Z', due, told: {}, can_withdraw: true, goes_at: '2031-11-20T02:00:00Z', ...more,
})

const identified = subjectRequest({ state: 'identity_checked', identity_how: 'contact', identity_at: '2026-11-21T02:00:00Z', can: { ...nothing, take_up: true, explain_delay: true, forward: true } })
const taken = subjectRequest({ ...identified, state: 'in_work', handler_id: memberId(1), can: { ...nothing, explain_delay: true, answer: true, forward: true } })

export const requestHandlers: Record<string, Handler> = {
  'GET /v1/subject-requests': () => ({ status: 200, body: { items: [subjectRequest()], open: 1, overdue: 0 } }),
  'POST /v1/subject-requests': () => ({ status: 201, body: { token: 'secret-token', request: ownRequest() } }),
  'GET /v1/subject-requests/mine': () => ({ status: 200, body: { items: [] } }),
  'GET /v1/subject-requests/by-token/{token}': ({ path }) => (path.token === 'secret-token' ? { status: 200, body: ownRequest() } : { status: 404, body: { code: 'not_found', title: 'Not Found', status: 404 } }),
  'POST /v1/subject-requests/by-token/{token}/withdraw': () => ({ status: 200, body: ownRequest({ state: 'withdrawn', can_withdraw: false, ended_at: '2026-11-22T02:00:00Z' }) }),
  'GET /v1/subject-requests/{subject_request}/drafts': () => ({ status: 200, body: { answered: 'It was done.', refused: 'It is not done.', forwarded: 'They have it.', delayed: 'It takes longer.' } }),
  'POST /v1/subject-requests/{subject_request}/check-identity': () => ({ status: 200, body: identified }),
  'POST /v1/subject-requests/{subject_request}/take-up': () => ({ status: 200, body: taken }),
  'POST /v1/subject-requests/{subject_request}/explain-delay': ({ body }) => ({ status: 200, body: { ...taken, told: { delay: body.reason } } }),
  'POST /v1/subject-requests/{subject_request}/finish': ({ body }) => ({ status: 200, body: { ...taken, state: body.outcome, told: { answer: body.text }, can: nothing } }),
}
