/** Which queries of the messages screens an event makes stale. Messages themselves come as frames, not as events. */
import { keyOf } from '~/api/client'
import { idOf, type LiveMap } from '~/api/live-events'

const members = '/v1/conversations/{conversation}/members'

export const live: LiveMap = {
  'chat.members_changed': (data) => [[...keyOf(members), idOf(data, 'conversation')]],
  'chat.conversation_changed': (data) => [[...keyOf(members), idOf(data, 'conversation')]],
}
