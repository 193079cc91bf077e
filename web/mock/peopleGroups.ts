/** Groups of people of the company, and what can be done with them. */
import type * as t from '../src/api/types.ts'
import { departments, people } from './company.ts'
import type { Handler } from './handlers.ts'

const group = (id: string, name: string, managed: Partial<NonNullable<t.PeopleGroup['managed']>>, more: Partial<t.PeopleGroup> = {}): t.PeopleGroup => ({
  id,
  name,
  note: null,
  member_count: 3,
  managed: { kind: 'hand', is_shown: true, is_withheld: false, problems: [], ...managed },
  revision: 1,
  can: { edit: true },
  ...more,
})

const POSITION = '00000000-0000-7000-8000-000000000104'

export const groupList = (): t.PeopleGroup[] => [
  group('g-drivers', '冷链司机', { kind: 'rule' }, { note: '排班通知', member_count: 42 }),
  group('g-board', 'Board', {}),
  group('g-shirts', 'Large shirts', { kind: 'rule', is_withheld: true }),
  group('g-old', 'Old field', { kind: 'rule', problems: [{ kind: 'field_off', id: '00000000-0000-7000-8000-00000000010b' }] }, { member_count: 0 }),
]

const madeBy = (id: string): t.PeopleGroupMadeBy =>
  id === 'g-board'
    ? { kind: 'hand', member_ids: people().slice(0, 2).map((one) => one.id), department_ids: [] }
    : {
        kind: 'rule',
        department_ids: departments().slice(0, 1).map((one) => one.id),
        includes_below: true,
        needs: 'all',
        conditions: [{ field_id: id === 'g-old' ? '00000000-0000-7000-8000-00000000010b' : POSITION, test: 'contains', values: ['司机'] }],
      }

const shown = (id: string | undefined) => {
  const found = groupList().find((one) => one.id === id)
  return found?.managed ? { ...found, managed: { ...found.managed, made_by: madeBy(found.id) } } : found
}

export const peopleGroupHandlers: Record<string, Handler> = {
  'GET /v1/people-groups': ({ query }) => ({ status: 200, body: { items: groupList().filter((one) => one.name.includes(query.get('query') ?? '')), next: null, can_create: true } }),
  'GET /v1/people-groups/{group}': ({ path }) => ({ status: 200, body: shown(path.group) }),
  'GET /v1/people-groups/{group}/members': () => ({ status: 200, body: { items: people().slice(0, 3), next: null } }),
  'POST /v1/people-groups': ({ body }) => ({ status: 201, body: { ...groupList()[1], ...body } }),
  'POST /v1/people-groups/preview': () => ({ status: 200, body: { count: 42, come: 2, go: 1, sample: people().slice(0, 3) } }),
  'PATCH /v1/people-groups/{group}': ({ path }) => ({ status: 200, body: shown(path.group) }),
  'DELETE /v1/people-groups/{group}': () => ({ status: 204 }),
}
