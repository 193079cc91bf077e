/** What administration counts, and exports of people. */
import type * as t from '../src/api/types.ts'
import type { Handler } from './handlers.ts'

export const peopleExport = (state: t.PeopleExport['state']): t.PeopleExport => ({
  id: `x-${state}`, filter: {}, people: state === 'ready' ? 48 : 20_000, state, asked_at: '2026-11-30T08:00:00Z', until: '2026-12-01T08:00:00Z', ...(state === 'waits' ? { act_id: 'a1' } : {}),
})

export const overviewHandlers: Record<string, Handler> = {
  'GET /v1/activity': () => ({ status: 200, body: { days: [412, 398, 530, 611].map((messages, index) => ({ day: `2026-11-${25 + index}`, messages, people: Math.round(messages / 12) })) } }),
  'GET /v1/people-exports': () => ({ status: 200, body: { items: [peopleExport('ready')], next: null } }),
  'POST /v1/people-exports': () => ({ status: 201, body: peopleExport('ready') }),
}
