/** Announcements, as the server would answer. */
import type * as t from '../src/api/types.ts'
import { memberId } from './company.ts'
import type { Handler } from './handlers.ts'

/** One that concerns everybody. */
export const announcement = (more: Partial<t.Announcement> = {}): t.Announcement => ({
  id: 'b1', author_id: memberId(4), title: '周五食堂停业', text: '设备检修。详情 https://canteen.yunwu.example/plan。', at: '2026-11-22T02:00:00Z', state: 'shown', must_be_confirmed: false, is_read: false, is_confirmed: false, revision: 1, ...more,
})

const written = (more: Partial<t.WrittenAnnouncement>): t.WrittenAnnouncement => ({
  id: 'b1', author_id: memberId(1), title: '周五食堂停业', text: '设备检修。', department_ids: [], at: '2026-11-22T02:00:00Z', state: 'shown', must_be_confirmed: false, audience_count: 40, read_count: 12, confirmed_count: 0, revision: 1, can: { edit: true }, ...more,
})

export const announcementHandlers: Record<string, Handler> = {
  'GET /v1/announcements': () => ({ status: 200, body: { items: [], waiting: 0 } }),
  'POST /v1/announcements': ({ body }) => ({ status: 201, body: written(body) }),
  'GET /v1/announcements/written': (_, state) => ({
    status: 200,
    body: {
      items: [
        written({ id: 'b2', title: 'Fire drill', must_be_confirmed: true, read_count: 30, confirmed_count: 25, revision: 3 }),
        written({}),
        written({ id: 'b0', title: 'Old news', state: 'withdrawn', can: { edit: false } }),
      ],
      can: { everyone: true, department_ids: state.departments.map((one) => one.id) },
    },
  }),
  'PUT /v1/announcements/{announcement}': ({ body }) => ({ status: 200, body: written(body) }),
  'POST /v1/announcements/{announcement}/read': () => ({ status: 204 }),
  'POST /v1/announcements/{announcement}/withdraw': () => ({ status: 200, body: written({ state: 'withdrawn', can: { edit: false } }) }),
  'GET /v1/announcements/{announcement}/unconfirmed': (_, state) => ({ status: 200, body: { items: state.members.slice(1, 3), unseen_count: 0 } }),
}
