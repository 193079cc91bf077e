/** An invented company for tests and for working without a server. */
import type { Department, Member, Role, Session } from '../src/api/types.ts'

export const ORG = '0192f7a0-0000-7000-8000-000000000001'

const id = (kind: number, n: number) => `0192f7a0-000${kind}-7000-8000-${String(n).padStart(12, '0')}`

export const memberId = (n: number) => id(1, n)

const PEOPLE: [name: string, user: string, position: string, department: number, role?: Role][] = [
  ['沈知遥', 'shen.zhiyao', '产品运营经理', 4, 'owner'],
  ['陆行舟', 'lu.xingzhou', '产品运营负责人', 4],
  ['何小满', 'he.xiaoman', '行政运营', 4],
  ['韩若棠', 'han.ruotang', '人力资源经理', 8, 'administrator'],
  ['吴蓼', 'wu.liao', '产品中心总经理', 2],
  ['林予安', 'lin.yuan', '体验设计师', 5],
  ['邵青禾', 'shao.qinghe', '内容运营', 4],
  ['白露', 'bai.lu', '前台与访客', 4],
  ['丁逸', 'ding.yi', '食堂与车辆', 4],
  ['Kwame Ndiaye', 'kwame', 'IT operations', 6],
  ['Mara Whitcombe', 'mara', 'General counsel', 9],
  ['Elliot Marsh', 'elliot', 'EMEA sales lead', 7],
  ['顾言', 'gu.yan', '采购专员', 6],
  ['罗暄', 'luo.xuan', '仓储主管', 6],
  ['宋砚池', 'song.yanchi', '后端工程师', 3],
  ['許書瑜', 'hsu.shuyu', '臺北專案經理', 7],
  ['Tomás Ferreira', 'tomas', 'IT security', 6],
  ['方守拙', 'fang.shouzhuo', '总裁', 1],
]

const DEPARTMENTS: [name: string, parent: number | null][] = [
  ['总裁办', null],
  ['产品中心', null],
  ['研发一部', 2],
  ['产品运营', 2],
  ['产品设计', 2],
  ['供应链中心', null],
  ['销售与 EMEA', null],
  ['人力资源', null],
  ['法务', null],
]

export function people(): Member[] {
  return PEOPLE.map(([name, user_id, position, department, role = 'member'], n) => ({
    id: id(1, n + 1),
    name,
    user_id,
    email: `${user_id}@yunwu.example`,
    phone: n % 3 === 0 ? `1380013${String(2200 + n)}` : null,
    staff_number: `YW-${String(417 + n).padStart(5, '0')}`,
    position,
    signature: n === 1 ? '慢慢来，比较快' : null,
    role,
    state: n === 13 ? 'suspended' : 'active',
    department_ids: [id(2, department)],
    leads: n === 1 ? [id(2, 4)] : [],
    values: [],
    is_hidden: false,
    avatar: null,
    colour: (n % 8) + 1,
    is_me: n === 0,
    revision: 7,
    can: { edit: true, place: true, suspend: n !== 0 && n !== 13, resume: n === 13, reset_password: n !== 0, change_role: n !== 0, disable: n !== 0, remove: n !== 0, hand_over: n === 13, restrict: n !== 0 },
  }))
}

export function departments(): Department[] {
  return DEPARTMENTS.map(([name, parent], n) => ({
    id: id(2, n + 1),
    parent_id: parent === null ? null : id(2, parent),
    name,
    position: n,
    member_count: PEOPLE.filter(([, , , department]) => department === n + 1 || DEPARTMENTS[department - 1]?.[1] === n + 1).length,
    has_children: DEPARTMENTS.some(([, parent]) => parent === n + 1),
    leader_ids: n === 3 ? [memberId(2)] : [],
    dotted_leader_ids: [],
    is_archived: false,
    sight: { is_hidden: false, sees: 'inherit', also: [] },
    revision: 1,
    can: { edit: true, hide: true, add_people: true },
  }))
}

export function signedIn(): Session {
  return {
    id: id(3, 1),
    account_id: id(4, 1),
    language: 'zh-CN',
    organisations: [
      { id: ORG, slug: 'yunwu', name: '云坞集团', member_id: id(1, 1), role: 'owner', state: 'active', is_suspended: false, is_verified: false },
      { id: id(5, 2), slug: 'fenghe', name: '丰禾物流', member_id: id(1, 90), role: 'member', state: 'active', is_suspended: false, is_verified: false },
    ],
    must: [],
    statement_version: '0.2',
    expires_at: '2026-12-06T10:00:00.000Z',
  }
}
