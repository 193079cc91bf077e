/** What events make stale among what was found. */
import { keyOf } from '~/api/client'
import type { LiveMap } from '~/api/live-events'
import { MESSAGES } from './queries'

export const live: LiveMap = {
  'chat.members_changed': () => [keyOf(MESSAGES), keyOf('/v1/conversations/search')],
  'chat.conversation_changed': () => [keyOf('/v1/conversations/search')],
}
