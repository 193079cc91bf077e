/** Roles, who has them, and sensitive acts, as the server would answer. */
import type * as t from '../src/api/types.ts'
import { memberId } from './company.ts'
import type { Handler } from './handlers.ts'

export const PERMISSIONS: t.Permission[] = [
  'people.see', 'people.add', 'people.edit', 'people.place', 'people.suspend', 'people.remove', 'people.reset_password', 'people.invite', 'people.import',
  'departments.manage', 'roles.see', 'roles.give', 'roles.edit', 'organisation.edit', 'content.retention', 'content.files', 'announcements.write', 'audit.read',
  'server.see', 'acts.decide', 'tokens.manage', 'peers.manage', 'organisation.own',
]

const LOCAL: t.Permission[] = ['people.see', 'people.add', 'people.edit', 'people.place', 'people.suspend', 'people.remove', 'people.reset_password', 'people.invite', 'departments.manage', 'roles.give', 'announcements.write']
const role = (n: number) => `00000000-0000-7000-8000-00000000000${n}`
const builtIn = (n: number, built_in: t.BuiltInRole, permissions: t.Permission[], grants: number): t.AccessRole => ({
  id: role(n), built_in, permissions, grants, fits_departments: permissions.every((one) => LOCAL.includes(one)), can: { edit: false, delete: false, give: true },
})

const roles: t.AccessRole[] = [
  builtIn(1, 'owner', PERMISSIONS, 1),
  builtIn(2, 'administrator', PERMISSIONS.slice(0, -1), 2),
  builtIn(3, 'people_administrator', PERMISSIONS.slice(0, 11), 1),
  builtIn(4, 'content_administrator', ['content.retention', 'content.files', 'announcements.write'], 0),
  builtIn(5, 'security_administrator', ['people.see', 'people.suspend', 'people.reset_password', 'roles.see', 'audit.read', 'server.see', 'acts.decide'], 1),
  builtIn(6, 'auditor', ['people.see', 'roles.see', 'audit.read', 'server.see'], 1),
  { id: 'r7', name: '分部人事', permissions: ['people.see', 'people.edit', 'people.place'], grants: 2, fits_departments: true, can: { edit: true, delete: false, give: true } },
]

const acts: t.SensitiveAct[] = [
  { id: 'a1', kind: 'directory.give_owner', details: { member: memberId(2) }, needs: 'second', state: 'open', asked_by: memberId(4), asked_at: '2026-11-22T02:00:00Z', due_at: '2026-11-23T02:00:00Z', can: { decide: true, cancel: true } },
  { id: 'a2', kind: 'directory.lengthen_retention', details: { from: 90, to: 360 }, needs: 'time', state: 'open', asked_by: memberId(1), asked_at: '2026-11-22T01:00:00Z', due_at: '2026-11-23T01:00:00Z', can: { decide: false, cancel: true } },
  { id: 'a3', kind: 'directory.take_owner', details: { member: memberId(3) }, needs: 'second', state: 'refused', asked_by: memberId(4), asked_at: '2026-11-02T01:00:00Z', due_at: '2026-11-03T01:00:00Z', decided_by: memberId(1), decided_at: '2026-11-02T03:00:00Z', reason: '年底结账后再说', can: { decide: false, cancel: false } },
]

const grants = (id: string | null, department: string | null = null): t.RoleGrant[] => [
  { id: 'g1', member_id: memberId(2), role_id: id ?? role(2), given_by: memberId(1), given_at: '2026-10-02T01:00:00Z', can: { take: true } },
  { id: 'g2', member_id: memberId(3), role_id: id ?? role(2), department_id: department, given_at: '2026-10-12T01:00:00Z', can: { take: false } },
]

const settled = (id: string | undefined, state: t.SensitiveAct['state']) => {
  const found = acts.find((act) => act.id === id)
  return found ? { status: 200, body: { ...found, state, can: { decide: false, cancel: false } } } : { status: 404 }
}

export const roleHandlers: Record<string, Handler> = {
  'GET /v1/roles': () => ({ status: 200, body: { items: roles, permissions: PERMISSIONS.map((permission) => ({ permission, fits_departments: LOCAL.includes(permission), may_use: permission !== 'organisation.own' })), can_create: true } }),
  'POST /v1/roles': ({ body }) => ({ status: 201, body: { ...roles[6], id: 'r8', name: body.name, permissions: body.permissions } }),
  'PATCH /v1/roles/{role}': ({ body }) => ({ status: 200, body: { ...roles[6], ...body } }),
  'DELETE /v1/roles/{role}': () => ({ status: 204 }),
  'GET /v1/role-grants': ({ query }, state) => ({ status: 200, body: { items: grants(query.get('role'), state.departments[2]?.id) } }),
  'POST /v1/role-grants': () => ({ status: 201, body: { grant: grants(null)[0] } }),
  'POST /v1/role-grants/preview': ({ body }) =>
    ({ status: 200, body: body.member_id === memberId(1) ? { opens: [], holds_already: [], people: 0, refusal: 'oneself', needs_second: false } : { opens: ['people.see', 'people.edit', 'people.place'], holds_already: [], people: 8, needs_second: body.role_id === role(1) } }),
  'DELETE /v1/role-grants/{grant}': () => ({ status: 200, body: {} }),
  'GET /v1/sensitive-acts': ({ query }) => ({ status: 200, body: { items: acts.filter((act) => query.get('state') === null || act.state === query.get('state')), next: null } }),
  'POST /v1/sensitive-acts/{act}/approve': ({ path }) => settled(path.act, 'done'),
  'POST /v1/sensitive-acts/{act}/refuse': ({ path }) => settled(path.act, 'refused'),
  'POST /v1/sensitive-acts/{act}/cancel': ({ path }) => settled(path.act, 'cancelled'),
  'POST /v1/session/proof': ({ body }) => (body.password === 'correct horse battery' ? { status: 204 } : { status: 422, body: { type: 'about:blank', title: 'invalid', status: 422, code: 'invalid', field: 'password', why: 'wrong' } }),
  'PUT /v1/organisation/chat-retention': ({ body }) => ({ status: 200, body: { chat_retention_days: body.chat_retention_days } }),
}
