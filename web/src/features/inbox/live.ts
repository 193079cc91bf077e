/** What the inbox's events make stale. */
import { keyOf } from '~/api/client'
import type { LiveMap } from '~/api/live-events'

export const live: LiveMap = {
  'inbox.notification_added': () => [keyOf('/v1/notifications')],
  'inbox.notifications_read': () => [keyOf('/v1/notifications')],
}
