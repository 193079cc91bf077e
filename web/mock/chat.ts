/** Conversations of the invented company, and what the API does with them. */
import type * as t from '../src/api/types.ts'
import { departments, people } from './company.ts'
import { carried } from './files.ts'

const all = people()
const me = all[0]?.id ?? ''
const person = (name: string) => all.find((one) => one.name === name)?.id ?? ''

const DAY = 86_400_000
const today = new Date()
today.setHours(0, 0, 0, 0)

function at(clock: string, daysAgo = 0): string {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number)
  return new Date(today.getTime() - daysAgo * DAY + (hours * 60 + minutes) * 60_000).toISOString()
}

type Line = [who: string, clock: string, text: string, more?: Partial<t.TextBody> & { state?: t.Message['state']; daysAgo?: number }]

interface Plan {
  id: string
  name?: string
  peer?: string
  count?: number
  lines: Line[]
  unread?: number
  mentions?: number
  pinned?: boolean
  muted?: boolean
  marked?: boolean
  draft?: string
}

const MOVE: Line[] = [
  ['罗暄', '16:20', '新仓的门禁今天装好了，卡先发给各组组长。', { daysAgo: 1 }],
  ['顾言', '16:42', '收到，采购部的卡我来领。', { daysAgo: 1 }],
  ['沈知遥', '17:05', '周一的搬迁顺序我整理好了：\n1. 冷链样品\n2. 办公区电脑\n3. 货架与托盘\n\n**有变化请直接在群里说**，细节见 https://wiki.yunwu.example/move', { daysAgo: 1 }],
  ['何小满', '10:12', '周五三辆厢车，第一辆 7:30 到南门。@沈知遥 冷藏样品要单独走吗？', { mentions: [me] }],
  ['沈知遥', '10:14', '冷链单独走，丰禾约了 4℃ 的小车，7:00 先发。', { reply_to: { seq: 5, author_id: person('何小满'), excerpt: '周五三辆厢车，第一辆 7:30 到南门。@沈知遥 冷藏样品要单独走吗？' } }],
  ['Elliot Marsh', '10:25', 'Is the dock clear before 07:00? Our driver comes straight from Ningbo.'],
  ['陆行舟', '10:27', '月台六点半清空，我让保安提前开南门。'],
  ['陆行舟', '10:28', '司机的电话我发给何小满了。'],
  ['顾言', '10:31', '新仓办公区工位怎么分？', { state: 'recalled' }],
  ['何小满', '10:40', '周五加餐，想吃什么在下面说一声：\n- 牛肉面，不要香菜\n- 素食\n- 都行，多加一份给司机师傅'],
  ['沈知遥', '10:44', '我这边两份素食，谢谢！冷藏车的温度记录会走 `cold-chain/2026-11`，到时候大家都能查。', { state: 'edited' }],
]

const many: Line[] = Array.from({ length: 64 }, (_, n): Line => {
  const who = ['丁逸', '白露', '宋砚池', '邵青禾'][n % 4] ?? '丁逸'
  return [who, `${String(8 + Math.floor(n / 8)).padStart(2, '0')}:${String((n % 8) * 7).padStart(2, '0')}`, n % 5 === 0 ? '这周场地改到二楼了，球拍可以借，记得带室内鞋。' : `第 ${n + 1} 次报名`, { daysAgo: 3 }]
})

const plans: Plan[] = [
  { id: 'c01', name: '华东仓搬迁项目组', count: 18, lines: MOVE },
  { id: 'c02', name: '全员公告', count: 486, pinned: true, lines: [['何小满', '10:30', '年会节目征集：每个部门至少一个节目，周三前报给行政。']] },
  { id: 'c03', peer: 'Mara Whitcombe', unread: 2, lines: [['沈知遥', '10:02', 'Could you look at the carrier contract today?'], ['Mara Whitcombe', '10:29', 'On it. The liability cap is the only thing I would not sign as it is.'], ['Mara Whitcombe', '10:31', 'Redlines are in. Two questions inline, nothing scary.']] },
  { id: 'c04', name: '产品设计周会', count: 9, unread: 5, mentions: 1, lines: [['吴蓼', '09:40', '十点开会。'], ['林予安', '09:50', '我晚两分钟'], ['邵青禾', '09:52', '先看首页还是工作台？'], ['吴蓼', '09:53', '先首页'], ['林予安', '09:58', '新稿放在云盘了，@沈知遥 帮忙看一下首屏', { mentions: [me] }]] },
  { id: 'c05', peer: '韩若棠', draft: '关于年假结转，我想确认两个问题', lines: [['韩若棠', '09:41', '年假结转的通知下周发。']] },
  { id: 'c06', name: '丰禾物流 · 项目对接', count: 6, lines: [['方守拙', '18:20', '小车明早 8 点到园区南门', { daysAgo: 1 }]] },
  { id: 'c07', name: 'Taipei × Hangzhou 對接', count: 11, unread: 3, lines: [['許書瑜', '15:10', '週四下午的時段我都可以', { daysAgo: 1 }], ['許書瑜', '15:11', '會議室訂好了', { daysAgo: 1 }], ['許書瑜', '15:12', '議程稍後貼上來', { daysAgo: 1 }]] },
  { id: 'c08', peer: 'Elliot Marsh', lines: [['Elliot Marsh', '14:05', 'the dock needs to be clear before seven', { daysAgo: 1 }], ['沈知遥', '14:12', 'It will be.', { daysAgo: 1 }]] },
  { id: 'c09', peer: '顾言', marked: true, lines: [['顾言', '11:00', '报价单要补充 4℃ 小车的装卸费', { daysAgo: 3 }]] },
  { id: 'c10', name: '周三羽毛球', count: 23, muted: true, unread: 28, lines: many },
  { id: 'c11', peer: 'Tomás Ferreira', lines: [['Tomás Ferreira', '09:00', 'Door cards are ready.', { daysAgo: 9 }]] },
  { id: 'c12', name: 'Incident review', count: 4, lines: [['Kwame Ndiaye', '16:00', 'Timeline attached:\n```\n09:02 alert\n09:07 failover\n09:31 resolved\n```', { daysAgo: 12 }]] },
]

export interface MockChat {
  conversations: t.Conversation[]
  messages: Map<string, t.Message[]>
  members: Map<string, t.ConversationMember[]>
  pos: number
}

function messageOf(id: string, seq: number, [who, clock, text, more = {}]: Line): t.Message {
  const { state = 'sent', daysAgo = 0, ...body } = more
  const sent = at(clock, daysAgo)
  return {
    id: `${id}-${seq}`,
    conversation_id: id,
    seq,
    n: seq,
    author_id: person(who),
    sent_at: sent,
    state,
    edited_at: state === 'edited' ? new Date(Date.parse(sent) + 60_000).toISOString() : null,
    body: state === 'recalled' ? null : { v: 1, kind: 'text', text, ...(id === 'c01' && carried[seq] && { files: [...carried[seq]] }), ...body },
    kept_until: new Date(Date.parse(sent) + 360 * DAY).toISOString(),
    edit_until: new Date(Date.now() + 600_000).toISOString(),
    recall_until: new Date(Date.now() + 60_000).toISOString(),
  }
}

function conversationOf(plan: Plan, messages: t.Message[]): t.Conversation {
  const last = messages.at(-1)
  const n = last?.n ?? 0
  const unread = plan.unread ?? 0
  const isGroup = plan.peer === undefined
  return {
    id: plan.id,
    kind: isGroup ? 'group' : 'direct',
    name: plan.name ?? null,
    peer_id: plan.peer === undefined ? null : person(plan.peer),
    member_count: plan.count ?? 2,
    created_at: at('09:00', 40),
    history: 'joining',
    revision: 0,
    last: { seq: n, n, at: last?.sent_at ?? at('09:00', 40) },
    last_message: last ?? null,
    my: {
      role: plan.id === 'c01' ? 'owner' : 'member',
      read_seq: n - unread,
      read_n: n - unread,
      start_seq: 0,
      unread,
      mentions: plan.mentions ?? 0,
      is_muted: plan.muted ?? false,
      is_pinned: plan.pinned ?? false,
      is_marked_unread: plan.marked ?? false,
      is_hidden: false,
      draft: plan.draft === undefined ? null : { text: plan.draft },
    },
    kept_days: 360,
    can: { send: true, rename: isGroup, add: isGroup, remove: isGroup, transfer: plan.id === 'c01', dissolve: plan.id === 'c01', leave: isGroup && plan.id !== 'c01', mention_all: isGroup },
  }
}

export function freshChat(): MockChat {
  const chat: MockChat = { conversations: [], messages: new Map(), members: new Map(), pos: 100 }
  for (const plan of plans) {
    const created: t.Message = { ...messageOf(plan.id, 1, ['何小满', '09:00', '', { daysAgo: 5 }]), body: { v: 1, kind: 'system', event: 'created', member_ids: [] } }
    const lines = plan.lines.map((line, index) => messageOf(plan.id, index + 2, line))
    const messages = plan.peer === undefined ? [created, ...lines] : plan.lines.map((line, index) => messageOf(plan.id, index + 1, line))
    chat.messages.set(plan.id, messages)
    chat.conversations.push(conversationOf(plan, messages))
    const inside = plan.peer === undefined ? all.slice(0, Math.min(plan.count ?? 2, all.length)).map((one) => one.id) : [me, person(plan.peer)]
    const last = messages.at(-1)?.seq ?? 0
    const member = (id: string, n: number): t.ConversationMember => ({
      member_id: id,
      role: n === 0 ? 'owner' : n === 2 ? 'administrator' : 'member',
      joined_at: at('09:00', 30),
      read_seq: n > 15 ? last - 8 : n > 12 ? last - 4 : last,
    })
    chat.members.set(plan.id, inside.map(member))
  }
  return chat
}

/** A page of messages as the API cuts it. */
export function pageOf(messages: readonly t.Message[], query: URLSearchParams): t.MessagePage {
  const number = (name: string) => (query.has(name) ? Number(query.get(name)) : null)
  const limit = number('limit') ?? 50
  const [before, after, around, day] = [number('before'), number('after'), number('around'), query.get('at')]
  const start = day === null ? -1 : messages.findIndex((message) => message.sent_at >= day)
  const middle = around === null ? start : messages.findIndex((message) => message.seq >= around)
  const items =
    before !== null
      ? messages.filter((message) => message.seq < before).slice(-limit)
      : after !== null
        ? messages.filter((message) => message.seq > after).slice(0, limit)
        : middle >= 0
          ? messages.slice(Math.max(0, middle - limit / 2), middle + limit / 2)
          : messages.slice(-limit)
  const first = items[0]?.seq ?? 1
  const last = items.at(-1)?.seq ?? Infinity
  return { items, has_older: messages.some((message) => message.seq < first), has_newer: messages.some((message) => message.seq > last) }
}

export const departmentPeople = (ids: readonly string[]) => all.filter((one) => one.department_ids.some((id) => ids.includes(id) && departments().some((place) => place.id === id)))
