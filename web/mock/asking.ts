/** Whom one can ask, and what is told of storage. */
import type * as t from '../src/api/types.ts'
import type { Handler } from './handlers.ts'

const words = (en: string, zhCN: string, zhTW: string): t.KeptFor['purpose'] => ({ en, 'zh-CN': zhCN, 'zh-TW': zhTW })
const messages = words('Messages', '消息', '訊息')
const announcements = words('Announcements', '公告', '公告')
const signIn = words('Sign-in', '登录', '登入')

const items = (days: number): t.KeptFor[] => [
  { function: announcements, purpose_code: 'announcements.tell', purpose: words('so that you learn what your organisation announces', '以便你得知企业发布的公告', '讓你得知企業發布的公告'), until: [{ kind: 'after_end', kept_for_s: 180 * 86_400 }] },
  { function: messages, purpose_code: 'chat.deliver', purpose: words('so that the people you write to receive what you write', '以便你写给的人收到你写的内容', '讓你寫給的人收到你寫的內容'), until: [{ kind: 'messages', kept_for_s: days * 86_400 }, { kind: 'conversation' }] },
  { function: signIn, purpose_code: 'identity.notice_theft', purpose: words('so that a stolen password is noticed', '以便发现密码被盗', '以便發現密碼遭竊'), until: [{ kind: 'period', kept_for_s: 184 * 86_400 }] },
  { function: signIn, purpose_code: 'identity.stay_signed_in', purpose: words('so that you stay signed in and can see on which devices', '以便你保持登录，并看到在哪些设备上', '讓你保持登入，並看到在哪些裝置上'), until: [{ kind: 'session' }] },
]

export const askingHandlers: Record<string, Handler> = {
  'GET /v1/whom-to-ask': (_, state) => ({ status: 200, body: { people: state.members.filter((_one, n) => n === 3 || n === 16), is_asked: false, contact_name: state.organisation.contact?.name ?? '' } satisfies t.WhomToAsk }),
  'GET /v1/storage': (_, state) => {
    const days = state.organisation.chat_retention_days
    return { status: 200, body: { address: 'https://office.yunwu.example', chat_retention_days: days, audit_days: 184, items: items(days) } satisfies t.Storage }
  },
  'GET /v1/file-store': () => ({ status: 200, body: { kind: 'folder' } }),
}
