/** Who is let in no more and what they had, as the server would answer. */
import type * as t from '../src/api/types.ts'
import { memberId } from './company.ts'
import type { Handler } from './handlers.ts'

const department = '0192f7a0-0002-7000-8000-000000000004'

const leaver = (open_count: number): t.Leaver => ({ member_id: memberId(14), name: '罗暄', state: 'disabled', since: '2026-11-20T02:00:00Z', until: '2026-12-20T02:00:00Z', open_count })

const things = (): t.HandOverThing[] => [
  {
    kind: 'chat.group', thing_id: 'h1', name: '华东仓周会', count: 6, is_skipped: false, can: { hand_over: true }, proposed_id: memberId(13),
    candidates: [{ kind: 'member', id: memberId(13) }, { kind: 'member', id: memberId(3) }],
  },
  { kind: 'directory.leadership', thing_id: department, department_id: department, is_skipped: false, can: { hand_over: true }, proposed_id: memberId(2), candidates: [{ kind: 'everyone' }] },
  { kind: 'directory.role', thing_id: 'h3', role_id: 'r7', department_id: department, is_skipped: false, can: { hand_over: false }, candidates: [{ kind: 'everyone' }] },
  { kind: 'contacts.shared', thing_id: 'h4', count: 12, is_skipped: false, can: { hand_over: true }, candidates: [{ kind: 'everyone' }] },
]

let left = things()
let done: t.HandOverDone[] = []
const shown = (): t.HandOver => ({ leaver: leaver(left.filter((one) => !one.is_skipped).length), things: left, done })

/** Everything as at the beginning. */
export function freshLeavers() {
  left = things()
  done = []
}

export const leaverHandlers: Record<string, Handler> = {
  'GET /v1/hand-overs': () => ({ status: 200, body: { items: [leaver(left.length)] } }),
  'GET /v1/hand-overs/{member}': () => ({ status: 200, body: shown() }),
  'POST /v1/hand-overs/{member}/decisions': ({ body }) => {
    const is = (one: { kind: string; thing_id: string }) => one.kind === body.kind && one.thing_id === body.thing_id
    if (typeof body.successor_id !== 'string') left = left.map((one) => (is(one) ? { ...one, is_skipped: true } : one))
    else {
      done = [...left.filter(is).map((one) => ({ kind: one.kind, thing_id: one.thing_id, successor_id: String(body.successor_id), decided_by: memberId(1), decided_at: '2026-11-22T10:00:00Z' })), ...done]
      left = left.filter((one) => !is(one))
    }
    return { status: 200, body: shown() }
  },
}
