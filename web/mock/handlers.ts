/** Answers the API from memory, typed by it. Tests and the design server use the same answers. */
import type * as t from '../src/api/types.ts'
import { freshChat, type MockChat } from './chat.ts'
import { chatHandlers } from './chatHandlers.ts'
import { consentHandlers, deviceBook } from './consents.ts'
import { departments, memberId, ORG, people, signedIn } from './company.ts'
import { documentHandlers } from './documents.ts'
import { importHandlers } from './imports.ts'
import { retentionHandlers } from './retention.ts'
import { administrationHandlers } from './administration.ts'
import { leaverHandlers } from './leavers.ts'
import { PERMISSIONS, roleHandlers } from './roles.ts'
import { announcementHandlers } from './announcements.ts'
import { askingHandlers } from './asking.ts'
import { fieldHandlers, MAY_EDIT } from './fields.ts'
import { operatorHandlers } from './operator.ts'
import { overviewHandlers } from './overview.ts'
import { ownDataHandlers } from './ownData.ts'
import { peopleGroupHandlers } from './peopleGroups.ts'
import { audit, cookies, health, jobs, notifications, sessions, signIns, statement } from './records.ts'
import { requestHandlers } from './requests.ts'
import { restrictionHandlers } from './restrictions.ts'
import { searchHandlers } from './search.ts'

export interface MockState {
  isSetUp: boolean
  isShared: boolean
  session: t.Session | null
  members: t.Member[]
  departments: t.Department[]
  organisation: t.Organisation
  invitations: t.Invitation[]
  notifications: t.Notification[]
  settings: t.NotificationSettings
  chat: MockChat
  words: t.SearchWord[]
  keepsWords: boolean
  hints: string[]
  consents: t.Consent[]
  restriction?: t.Restriction | undefined
}

export interface MockAnswer {
  status: number
  body?: unknown
  headers?: Record<string, string>
}

export type Handler = (request: { path: Record<string, string>; query: URLSearchParams; body: Record<string, unknown> }, state: MockState) => MockAnswer

export function freshState(): MockState {
  return {
    isSetUp: true,
    isShared: false,
    hints: [],
    consents: [deviceBook()],
    session: signedIn(),
    members: people(),
    departments: departments(),
    organisation: {
      id: ORG,
      slug: 'yunwu',
      name: '云坞集团',
      name_zh: '云坞集团',
      name_en: 'Yunwu Group',
      region: 'CN',
      revision: 0,
      industry: 'logistics',
      time_zone: 'Asia/Shanghai',
      chat_retention_days: 360,
      edit_window_s: 900,
      recall_window_s: 120,
      shows_presence: true,
      keeps_edits: false,
      lets_people_leave: false,
      contact: { name: '沈知遥', phone: '13800132200', email: 'shen.zhiyao@yunwu.example' },
      can: { edit: true, edit_periods: true },
    },
    invitations: [
      { id: 'i1', created_by: memberId(1), created_at: '2026-11-18T02:00:00Z', expires_at: '2026-11-25T02:00:00Z', max_uses: 50, uses: 12, state: 'open' },
      { id: 'i2', created_by: memberId(4), created_at: '2026-10-02T02:00:00Z', expires_at: '2026-10-09T02:00:00Z', max_uses: 20, uses: 20, state: 'used_up' },
    ],
    notifications: notifications(),
    settings: { desktop: false, sound: false, mentions_only: false, shows_text: true },
    chat: freshChat(),
    words: ['冷链', 'carrier contract', '年假结转'].map((text, n) => ({ id: `w${n}`, text, used_at: '2026-11-20T02:00:00Z' })),
    keepsWords: true,
  }
}

const ok = (body: unknown): MockAnswer => ({ status: 200, body })
const created = (body: unknown): MockAnswer => ({ status: 201, body })
const done: MockAnswer = { status: 204 }
export const problem = (status: number, code: string, more: Partial<t.Problem> = {}): MockAnswer => ({
  status,
  body: { type: 'about:blank', title: code, status, code, request_id: '0192f7a0-7f3a', ...more },
})

function findMembers(query: URLSearchParams, state: MockState) {
  const wanted = query.get('query')?.toLowerCase() ?? ''
  const ids = query.get('ids')?.split(',')
  const department = query.get('department')
  const below = state.departments.filter((one) => one.id === department || one.parent_id === department).map((one) => one.id)
  return state.members.filter(
    (member) =>
      (ids === undefined || ids.includes(member.id)) &&
      (department === null || member.department_ids.some((one) => below.includes(one))) &&
      (wanted === '' || member.name.toLowerCase().includes(wanted) || (member.user_id ?? '').replace('.', '').includes(wanted)),
  )
}

export const filePolicy: t.FilePolicy = { max_file_bytes: 8 * 1024 ** 3, quota_bytes: 1024 ** 4, room_bytes: 1024 ** 4, refused_extensions: ['exe'], used_bytes: 300 * 1024 ** 3, revision: 0 }

export const handlers: Record<string, Handler> = {
  'GET /v1/capabilities': (_, state) =>
    ok({ version: '0.1.0', set_up: state.isSetUp, is_shared: state.isShared, is_tls: false, languages: ['zh-CN', 'zh-TW', 'en'], modules: ['directory', 'chat', 'contacts', 'inbox'], limits: { message_bytes: 16384, group_members: 2000, avatar_bytes: 262144, frame_bytes: 65536 } }),
  'GET /v1/session': (_, state) => (state.session === null ? done : ok(state.session)),
  'POST /v1/sessions': ({ body }, state) => {
    if (body.password !== 'correct horse battery') return problem(401, 'identity.wrong_credentials')
    state.session = signedIn()
    return created(state.session)
  },
  'DELETE /v1/session': (_, state) => {
    state.session = null
    return done
  },
  'POST /v1/setup/check': ({ body }) => (body.code === 'WALL-2026' ? done : problem(403, 'identity.setup_code_wrong')),
  'POST /v1/setup': (_, state) => {
    state.isSetUp = true
    state.session = signedIn()
    return created(state.session)
  },
  'POST /v1/password': ({ body }) =>
    String(body.new).length < 10 ? problem(422, 'invalid', { field: 'new', why: 'too_short' }) : done,
  'GET /v1/sessions': () => ok({ items: sessions }),
  'DELETE /v1/sessions/{session}': () => done,
  'DELETE /v1/sessions': () => done,
  'GET /v1/me/hints': (_, state) => ok({ items: state.hints }),
  'PUT /v1/me/hints/{hint}': ({ path }, state) => {
    state.hints = [...state.hints, String(path['hint'])]
    return done
  },
  'GET /v1/sign-ins': () => ok({ items: signIns, next: null }),
  'GET /v1/session/invitations': () => ok({ items: [] }),
  'DELETE /v1/session/invitations/{invitation}': () => done,
  'GET /v1/invitations': (_, state) => ok({ items: state.invitations }),
  'POST /v1/invitations': ({ body }, state) => {
    const made = { id: `i${state.invitations.length + 1}`, url: 'http://127.0.0.1:8080/join/Qm7xW2vN4kT9', token: 'Qm7xW2vN4kT9', expires_at: '2026-11-29T10:00:00Z', max_uses: Number(body.max_uses), uses: 0, state: 'open' as const }
    state.invitations.unshift({ ...made, created_by: memberId(1), created_at: '2026-11-22T10:00:00Z' })
    return created(made)
  },
  'DELETE /v1/invitations/{invitation}': () => done,
  'GET /v1/invitations/by-token/{token}': ({ path }) =>
    path.token === 'old' ? problem(410, 'identity.invitation_expired') : ok({ organisation: { name: '云坞集团', slug: 'yunwu' }, inviter_name: '沈知遥', expires_at: '2026-11-29T10:00:00Z', statement_version: '0.2' }),
  'POST /v1/invitations/by-token/{token}/accept': () => created(signedIn()),
  'POST /v1/members': ({ body }, state) =>
    created({ member: { ...state.members[1], id: 'new', name: body.name }, initial_password: 'kiln-osprey-74-tallow', initial_password_expires_at: '2026-11-25T10:00:00Z', is_invited: false }),
  'POST /v1/members/{member}/initial-password': () => created({ initial_password: 'sedge-lantern-31-quarry', expires_at: '2026-11-25T10:00:00Z' }),
  'POST /v1/members/{member}/suspend': ({ path }, state) => setState(state, path.member, 'suspended'),
  'POST /v1/members/{member}/disable': ({ path }, state) => setState(state, path.member, 'disabled'),
  'POST /v1/members/{member}/remove': ({ path }, state) => setState(state, path.member, 'leaving'),
  'POST /v1/me/leave': () => done,
  'POST /v1/members/{member}/resume': ({ path }, state) => setState(state, path.member, 'active'),
  'GET /v1/statement': ({ query }) => ok(statement(query.get('language') ?? 'en')),
  'POST /v1/statement/acceptance': () => done,
  'GET /v1/personal-exports': () => ok({ items: [], next: null }),
  'GET /v1/statement/acceptances': () => ok({ items: [{ version: '0.2', at: '2026-11-02T01:12:00Z', device: 'Firefox · Linux', address: '10.2.0.14' }] }),
  'GET /v1/audit': () => ok({ items: audit, next: null }),
  'GET /v1/cookies': () => ok({ items: cookies }),
  'GET /v1/organisation': (_, state) => ok(state.organisation),
  'PATCH /v1/organisation': ({ body }, state) => ok(Object.assign(state.organisation, body)),
  'GET /v1/members': ({ query }, state) => ok({ items: findMembers(query, state), next: null }),
  'GET /v1/members/room': (_, state) => ok({ people: state.members.length }),
  'GET /v1/members/count': ({ query }, state) => ok({ count: findMembers(query, state).length, letters: [] }),
  'GET /v1/members/{member}': ({ path }, state) => {
    const found = state.members.find((member) => member.id === path.member)
    return found ? ok(found) : problem(404, 'not_found')
  },
  'PATCH /v1/members/{member}': ({ path, body }, state) => ok(Object.assign(state.members.find((member) => member.id === path.member) ?? {}, body)),
  'GET /v1/me': (_, state) => ok({ ...state.members[0], birthday: '1991-04-12', language: 'zh-CN', may_edit: MAY_EDIT, may: PERMISSIONS, has_part: false }),
  'PATCH /v1/me': ({ body }, state) => ok(Object.assign(state.members[0] ?? {}, body)),
  'PUT /v1/me/avatar': () => done,
  'DELETE /v1/me/avatar': () => done,
  ...announcementHandlers,
  ...askingHandlers,
  ...consentHandlers,
  ...ownDataHandlers,
  ...fieldHandlers,
  ...overviewHandlers,
  ...peopleGroupHandlers,
  'GET /v1/departments': ({ query }, state) => ok({ items: state.departments.filter((one) => one.name.includes(query.get('query') ?? '')) }),
  'GET /v1/departments/children': ({ query }, state) => ok({ items: state.departments.filter((one) => (one.parent_id ?? null) === query.get('parent')), next: null }),
  'POST /v1/departments': ({ body }, state) => {
    const made = { id: `d${state.departments.length}`, name: String(body.name), parent_id: (body.parent_id as string | null) ?? null, position: 99, member_count: 0, has_children: false, leader_ids: [], dotted_leader_ids: [], is_archived: false, revision: 1, can: { edit: true, hide: true, add_people: true } }
    state.departments.push(made)
    return created(made)
  },
  'PATCH /v1/departments/{department}': ({ path, body }, state) => ok(Object.assign(state.departments.find((one) => one.id === path.department) ?? {}, body)),
  'DELETE /v1/departments/{department}': () => problem(409, 'directory.department_not_empty'),
  'GET /v1/notifications': (_, state) => ok({ items: state.notifications, next: null, unread: state.notifications.filter((one) => !one.is_read).length }),
  'POST /v1/notifications/read': (_, state) => {
    for (const one of state.notifications) one.is_read = true
    return done
  },
  'GET /v1/notification-settings': (_, state) => ok(state.settings),
  'PUT /v1/notification-settings': ({ body }, state) => ok(Object.assign(state.settings, body)),
  'GET /v1/jobs': () => ok({ items: jobs, next: null }),
  'GET /v1/file-policy': () => ok(filePolicy),
  'PATCH /v1/file-policy': ({ body }) => ok({ ...filePolicy, ...body, revision: 1 }),
  'GET /v1/health': () => ok(health),
  ...documentHandlers,
  ...importHandlers,
  ...roleHandlers,
  ...administrationHandlers,
  ...retentionHandlers,
  ...operatorHandlers,
  ...leaverHandlers,
  ...chatHandlers,
  ...requestHandlers,
  ...restrictionHandlers,
  ...searchHandlers,
}

function setState(state: MockState, member: string | undefined, to: t.MemberState): MockAnswer {
  const found = state.members.find((one) => one.id === member)
  if (!found) return problem(404, 'not_found')
  found.state = to
  found.can = { ...found.can, suspend: to === 'active', resume: to !== 'active', disable: to === 'active', remove: to !== 'leaving', hand_over: to !== 'active' }
  return done
}

/** Finds the handler of a request and runs it. */
export function answer(state: MockState, method: string, url: string, body: Record<string, unknown>, own: Record<string, Handler> = {}): MockAnswer {
  const { pathname, searchParams } = new URL(url, 'http://mock')
  for (const [pattern, handler] of Object.entries({ ...handlers, ...own })) {
    const [wanted = '', path = ''] = pattern.split(' ')
    if (wanted !== method) continue
    const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '')
    const found = new RegExp(`^${path.replace(/\{\w+\}/g, '([^/]+)')}$`).exec(pathname)
    if (!found || (names.length > 0 && path.replace(/\{\w+\}/g, '') !== '' && handlers[`${method} ${pathname}`])) continue
    const places = Object.fromEntries(names.map((name, n) => [name, decodeURIComponent(found[n + 1] ?? '')]))
    return handler({ path: places, query: searchParams, body }, state)
  }
  return problem(404, 'not_found')
}
