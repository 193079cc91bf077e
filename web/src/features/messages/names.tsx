/** What a conversation is called, and the picture beside it. */
import { useLingui } from '@lingui/react/macro'
import type { Conversation } from '~/api/types'
import { colourOf } from '~/lib/names'
import { MemberAvatar } from '~/shell/MemberAvatar'
import { GroupAvatar } from '~/ui/Avatar'
import { useChat, usePerson } from './context'

type Titled = Pick<Conversation, 'id' | 'kind' | 'name' | 'peer_id'>

/** The peer's name, the group's name, or the word for a group that was not named. */
export function useTitle(conversation: Titled | undefined): string {
  const { t } = useLingui()
  const peer = usePerson(conversation?.peer_id)
  if (!conversation) return ''
  if (conversation.kind === 'direct') return peer?.name ?? t`Somebody`
  return conversation.name ?? t`Group chat`
}

export function ConversationAvatar({ conversation, size }: { conversation: Titled; size: number }) {
  const title = useTitle(conversation)
  const peer = usePerson(conversation.peer_id)
  const presence = useChat((state) => (conversation.peer_id ? state.presence.get(conversation.peer_id) : undefined))
  if (conversation.kind === 'group') return <GroupAvatar name={title} colour={colourOf(conversation.id)} size={size} />
  const shown = peer ?? { id: conversation.peer_id ?? '', name: title, colour: 8, avatar: null }
  return <MemberAvatar member={shown} size={size} presence={presence === 'offline' ? undefined : presence} />
}

/** Somebody's name inside a sentence. */
export function Name({ id }: { id: string }) {
  const { t } = useLingui()
  return usePerson(id)?.name ?? t`Somebody`
}
