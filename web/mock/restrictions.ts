/** Data that is kept and not used otherwise, as the server would answer. */
import type * as t from '../src/api/types.ts'
import { memberId } from './company.ts'
import type { Handler } from './handlers.ts'

const words = (en: string, zhCN: string, zhTW: string): t.Words => ({ en, 'zh-CN': zhCN, 'zh-TW': zhTW })

export const restriction = (more: Partial<t.Restriction> = {}): t.Restriction => ({ id: 'x1', member_id: memberId(1), reason: 'own_wish', placed_by: 'oneself', since: '2026-11-20T02:00:00Z', review_at: '2026-12-20T02:00:00Z', ...more })

const effects: t.MyRestriction['effects'] = [
  { purpose: 'directory.find_colleagues', sentence: words('so that colleagues recognise, find and reach you', '以便同事认识、找到并联系你', '讓同事認識、找到並聯絡你'), effect: 'stops', told: words('Stops', '停止', '停止') },
  { purpose: 'kernel.audit', sentence: words('so that it can be seen later who did what', '以便日后查明谁做了什么', '以便日後查明誰做了什麼'), effect: 'security', told: words('Goes on: security and audit', '继续：安全与审计', '繼續：安全與稽核') },
]

export const restrictionHandlers: Record<string, Handler> = {
  'GET /v1/me/restriction': (_, { restriction }) => ({ status: 200, body: { restriction, effects } }),
  'POST /v1/me/restriction': (_, state) => {
    state.restriction = restriction()
    return { status: 201, body: state.restriction }
  },
  'DELETE /v1/me/restriction': (_, state) => {
    state.restriction = undefined
    return { status: 204 }
  },
  'GET /v1/restrictions': () => ({ status: 200, body: { items: [] } }),
  'GET /v1/members/{member}/restriction': () => ({ status: 200, body: restriction() }),
  'POST /v1/members/{member}/restriction': () => ({ status: 201, body: restriction({ placed_by: 'administrator' }) }),
  'POST /v1/members/{member}/restriction/lift': () => ({ status: 200, body: restriction({ lifts_at: '2026-11-25T02:00:00Z' }) }),
}
