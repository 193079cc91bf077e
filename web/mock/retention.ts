/** How long everything is kept, and what another period would do. */
import type * as t from '../src/api/types.ts'
import type { Handler } from './handlers.ts'

const words = (en: string, zhCN: string, zhTW: string): t.Words => ({ en, 'zh-CN': zhCN, 'zh-TW': zhTW })
const messages = { name: words('Messages', '消息', '訊息'), section: 'talking' }
const directory = { name: words('Directory', '通讯录', '通訊錄'), section: 'account' }
const DAY_S = 86_400

const rules = (days: number): t.RetentionRule[] => [
  { id: 'RET-09', name: words('Messages and their files', '消息及其文件', '訊息及其檔案'), kind: 'organisation', until: { kind: 'messages', kept_for_s: days * DAY_S }, clause: 'W4.1', functions: [messages], places: 9 },
  { id: 'RET-01', name: words('Logs of what was done', '操作与登录日志', '操作與登入日誌'), kind: 'floor', until: { kind: 'period', kept_for_s: 184 * DAY_S }, clause: 'W4.1', functions: [], places: 4 },
  { id: 'P90D', kind: 'fixed', until: { kind: 'period', kept_for_s: 90 * DAY_S }, functions: [messages], places: 1 },
  { id: 'RET-17', name: words('What was searched for', '搜索记录', '搜尋紀錄'), kind: 'count', until: { kind: 'newest' }, clause: 'W1.2.17', functions: [], places: 1 },
  { id: 'RET-08', name: words('Account, directory and settings of a person', '人员的账号、通讯录与设置数据', '人員的帳號、通訊錄與設定資料'), kind: 'lifecycle', until: { kind: 'membership' }, clause: 'W4.1', functions: [directory], places: 12 },
]

const months = [['2026-06-01', 240], ['2026-07-01', 3_120], ['2026-08-01', 2_870]] as const

/** Of an organisation in which messages are kept for so many days. */
function preview(from: number, to: number): t.RetentionPreview {
  const isShorter = to < from
  return {
    change: isShorter ? 'shorter' : 'longer', from_days: from, to_days: to, ...(isShorter ? { takes_effect_at: '2026-12-04T03:00:00Z' } : {}), needs_confirmation: isShorter && to < 90,
    is_estimate: false, messages: 6_230, files: 118, file_bytes: 734_003_200, conversations: 64, people: 41, oldest_at: '2026-06-28T09:00:00Z',
    kinds: [{ kind: 'direct', messages: 2_030, conversations: 51 }, { kind: 'group', messages: 4_200, conversations: 13 }],
    months: months.map(([month, count]) => ({ month, messages: count })),
    told_otherwise: [words('so that the people you write to receive what you write', '以便对方收到你写的内容', '讓對方收到你寫的內容')],
    outgrown_versions: [], asked_anew: 0, token: `${from}-${to}-1`,
  }
}

export const retentionHandlers: Record<string, Handler> = {
  'GET /v1/retention': (_, state) => {
    const days = state.organisation.chat_retention_days
    const chat = { days, choices: [90, 180, 360, 720], least_days: 7, most_days: 720, confirmed_below_days: 90 }
    return { status: 200, body: { rules: rules(days), chat, revision: state.organisation.revision } satisfies t.Retention }
  },
  'GET /v1/retention/preview': ({ query }, state) => ({ status: 200, body: preview(state.organisation.chat_retention_days, Number(query.get('chat_retention_days'))) }),
  'PUT /v1/organisation/chat-retention': (_, state) => ({ status: 200, body: { chat_retention_days: state.organisation.chat_retention_days } }),
  'DELETE /v1/organisation/chat-retention': () => ({ status: 204 }),
}
