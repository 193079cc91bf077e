/** What people and conversations are called, and the picture beside it. Until a name is known its place is kept free. */
import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import type { Conversation } from '~/api/types'
import { isolated } from '~/lib/bidi'
import { colourOf } from '~/lib/names'
import { useLiveState } from '~/shell/live'
import { avatarAddress, MemberAvatar } from '~/shell/MemberAvatar'
import { type Face, GroupAvatar } from '~/ui/Avatar'
import { NameSkeleton } from '~/ui/Skeleton'
import { cardOf } from './cards'
import { useChat, useMessages, usePeople, usePerson } from './context'
import type { Person } from './engine/people'
import styles from './names.module.css'

type Titled = Pick<Conversation, 'id' | 'kind' | 'name' | 'peer_id' | 'faces'>

const NO_FACES: readonly string[] = []

/** Somebody's name; `null` while it is on its way, the word for nobody in particular when it does not come. */
export const useName = (id: string | null | undefined): string | null => useNamed(id).name

function useNamed(id: string | null | undefined): { name: string | null; isKnown: boolean } {
  const { t } = useLingui()
  const { people } = useMessages()
  const person = usePerson(id)
  if (person) return { name: person.name, isKnown: true }
  return { name: id && people.isComing(id) ? null : t({ message: 'Somebody', context: 'in place of a name' }), isKnown: false }
}

/** The peer's name, the group's name, or the word for a group that was not named. Empty while it is on its way. */
export function useTitle(conversation: Titled | undefined): string {
  const { t } = useLingui()
  const peer = useName(conversation?.peer_id)
  if (!conversation) return ''
  if (conversation.kind === 'direct') return conversation.peer_id ? isolated(peer ?? '') : t`Former member`
  return isolated(conversation.name ?? t`Group chat`)
}

/** The title where it is drawn. */
export function Title({ of }: { of: Titled }) {
  const title = useTitle(of)
  return title === '' ? <NameSkeleton /> : title
}

export function ConversationAvatar({ conversation, size }: { conversation: Titled; size: number }) {
  const title = useTitle(conversation)
  const peer = usePerson(conversation.peer_id)
  const isConnected = useLiveState().status === 'online'
  // Nobody knows who is there while there is no connection.
  const presence = useChat((state) => (isConnected && conversation.peer_id ? state.presence.get(conversation.peer_id) : undefined))
  const ids = conversation.faces ?? NO_FACES
  const people = usePeople(ids)
  if (conversation.kind === 'group') {
    const faces = ids.map((id) => faceOf(id, people.get(id)))
    return <GroupAvatar name={title} colour={colourOf(conversation.id)} size={size} faces={faces} />
  }
  const shown = peer ?? { id: conversation.peer_id ?? '', name: title, colour: 8, avatar: null }
  return <MemberAvatar member={shown} size={size} presence={presence === 'offline' ? undefined : presence} />
}

function faceOf(id: string, person: Person | undefined): Face {
  return { id, name: person?.name ?? '', colour: person?.colour ?? 8, src: person ? avatarAddress(person) : null }
}

/**
 * Somebody's name where it is drawn, also inside a sentence. Isolated by signs and only where it has to be: across the edge of an
 * element that isolates no gap is put between Latin and Chinese. As a link it leads to the card, if there is one to be seen; the tab
 * key goes past it with `tabIndex` -1, where something else leads there too.
 */
export function Name({ id, isLink = false, tabIndex }: { id: string; isLink?: boolean; tabIndex?: -1 }): ReactNode {
  const { slug } = useMessages()
  const { name, isKnown } = useNamed(id)
  if (name === null) return <NameSkeleton />
  return isLink && isKnown ? <a className={styles.name} tabIndex={tabIndex} {...cardOf(slug, id)}>{isolated(name)}</a> : isolated(name)
}
