/** Calling somebody while writing: who is offered for the @ before the cursor, and who was picked. */
import { useQuery } from '@tanstack/react-query'
import { useLingui } from '@lingui/react/macro'
import { useMemo, useState } from 'react'
import type { Entry } from '../engine/entry'
import { useMessages, usePeople } from '../context'
import { conversationMembers, findPeopleOnce } from '../queries'
import { EVERYBODY, mentionQuery, type Named } from '../text/mentions'

export interface Candidate extends Named {
  /** Everybody in the group. */
  isAll?: boolean
}

export interface Mentioning {
  candidates: readonly Candidate[]
  active: number
  setActive: (index: number) => void
  picked: readonly Named[]
  /** The text with the chosen name in it, and where the cursor goes. */
  choose: (candidate: Candidate) => { text: string; cursor: number }
  dismiss: () => void
}

const MOST = 8

export function useMentions(entry: Entry, text: string, cursor: number): Mentioning {
  const { t } = useLingui()
  const { me } = useMessages()
  const { conversation } = entry
  const isGroup = conversation.kind === 'group'
  const asked = isGroup ? mentionQuery(text, cursor) : null
  const [dismissedAt, setDismissedAt] = useState<number | null>(null)
  const [choice, setChoice] = useState({ query: '', index: 0 })
  const [picked, setPicked] = useState<readonly Named[]>([])
  // What was dismissed is one @: once it is gone from its place, the next one asks again.
  if (dismissedAt !== null && text[dismissedAt] !== '@') setDismissedAt(null)
  // A name that was picked, with the space after it, is written to its end: what follows is said to them, and Enter sends again.
  const written = [...picked.map(({ name }) => name), ...(conversation.can.mention_all ? EVERYBODY : [])]
  const isOpen = asked !== null && asked.at !== dismissedAt && !written.some((name) => asked.query.startsWith(`${name} `))
  const query = isOpen ? asked.query.trim() : null
  const members = useQuery({ ...conversationMembers(conversation.id), enabled: isGroup && asked !== null }).data
  const ids = useMemo(() => (members ?? []).map((member) => member.member_id).filter((id) => id !== me), [members, me])
  const people = usePeople(useMemo(() => ids.slice(0, 200), [ids]))
  // Everybody is asked for by the first word alone. What follows a space is told from those it found: mostly it is no name any more.
  const first = query?.split(' ')[0] ?? ''
  const found = useQuery({ ...findPeopleOnce(first), enabled: first !== '' }).data
  const candidatesFor = (wanted: string): readonly Candidate[] => {
    const inside = new Set(ids)
    const words = wanted.toLocaleLowerCase()
    const local = ids.flatMap((id) => people.get(id) ?? []).filter((person) => person.name.toLocaleLowerCase().includes(words))
    const remote = (found?.items ?? []).filter((member) => inside.has(member.id) && (wanted === first || member.name.toLocaleLowerCase().includes(words)))
    const named = new Map([...local, ...remote].map((person) => [person.id, { id: person.id, name: person.name }]))
    const all: Candidate = { id: 'all', name: t({ message: 'everyone', context: 'in a group' }), isAll: true }
    const offersAll = conversation.can.mention_all && (words === '' || all.name.includes(words) || 'all'.startsWith(words))
    return [...(offersAll ? [all] : []), ...named.values()].slice(0, MOST)
  }
  const candidates = query === null ? [] : candidatesFor(query)
  const active = choice.query === query ? choice.index : 0
  return {
    candidates,
    active,
    setActive: (index) => setChoice({ query: query ?? '', index }),
    picked,
    choose: (candidate) => {
      const at = asked?.at ?? cursor
      const before = `${text.slice(0, at)}@${candidate.name} `
      if (candidate.isAll !== true) setPicked((those) => [...those, candidate])
      return { text: before + text.slice(cursor), cursor: before.length }
    },
    dismiss: () => setDismissedAt(asked?.at ?? null),
  }
}
