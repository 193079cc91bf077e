/** Calling somebody while writing: who is offered for the @ before the cursor, and who was picked. */
import { useQuery } from '@tanstack/react-query'
import { useLingui } from '@lingui/react/macro'
import { useMemo, useState } from 'react'
import type { Entry } from '../engine/entry'
import { useMessages, usePeople } from '../context'
import { conversationMembers, findPeopleOnce, MOST_FOUND } from '../queries'
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
  /** What is written now, where a space that is typed right after a name takes the place of the one that came with it. */
  single: (next: string, cursor: number) => { text: string; cursor: number }
  /** The message is sent: the next one calls nobody yet. */
  clear: () => void
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
  // Names that were picked and have stood in the text since.
  const [written, setWritten] = useState<readonly string[]>([])
  const [typed, setTyped] = useState('')
  // The text right after a name was chosen, and where the space that came with it ends.
  const [spaced, setSpaced] = useState({ text: '', end: -1 })
  const [fruitless, setFruitless] = useState<string | null>(null)
  // What was dismissed is one @: once it is gone from its place, the next one asks again.
  if (dismissedAt !== null && text[dismissedAt] !== '@') setDismissedAt(null)
  if (written.some((name) => !text.includes(`@${name}`))) setWritten(written.filter((name) => text.includes(`@${name}`)))
  const query = asked !== null && asked.at !== dismissedAt ? asked.query.trim() : null
  // A name that was picked, with the space after it, is written to its end: Enter sends again, and what follows is said to them,
  // unless it goes on like the longer name of somebody else.
  const whole = query === null ? [] : [...written, ...(conversation.can.mention_all ? EVERYBODY : [])].filter((name) => asked?.query.startsWith(`${name} `))
  const members = useQuery({ ...conversationMembers(conversation.id), enabled: isGroup && asked !== null }).data
  const ids = useMemo(() => (members ?? []).map((member) => member.member_id).filter((id) => id !== me), [members, me])
  const people = usePeople(useMemo(() => ids.slice(0, 200), [ids]))
  // Everybody is asked for by the first word alone, as it was typed. What follows a space is told from those it found, if these
  // were all there are: mostly it is no name any more.
  const first = whole.length > 0 ? typed : (query?.split(' ')[0] ?? '')
  if (query !== null && first !== typed) setTyped(first)
  const found = useQuery({ ...findPeopleOnce(first), enabled: query !== null && first !== '' }).data
  const isPart = found !== undefined && found.items.length >= MOST_FOUND
  // Who is not found by the beginning of some words is not found by more of them.
  const isFruitless = query === null || (fruitless !== null && query.startsWith(fruitless))
  const exact = useQuery({ ...findPeopleOnce(query ?? ''), enabled: isPart && query !== first && !isFruitless }).data
  if (query !== null && isPart && query !== first && exact?.items.length === 0 && !isFruitless) setFruitless(query)
  const candidatesFor = (wanted: string): readonly Candidate[] => {
    const inside = new Set(ids)
    const words = wanted.toLocaleLowerCase()
    const local = ids.flatMap((id) => people.get(id) ?? []).filter((person) => person.name.toLocaleLowerCase().includes(words))
    const begun = (found?.items ?? []).filter((member) => wanted === first || member.name.toLocaleLowerCase().includes(words))
    const remote = [...begun, ...(exact?.items ?? [])].filter((member) => inside.has(member.id))
    const named = new Map([...local, ...remote].map((person) => [person.id, { id: person.id, name: person.name }]))
    const all: Candidate = { id: 'all', name: t({ message: 'everyone', context: 'in a group' }), isAll: true }
    const offersAll = conversation.can.mention_all && (words === '' || all.name.includes(words) || 'all'.startsWith(words))
    return [...(offersAll ? [all] : []), ...named.values()].slice(0, MOST)
  }
  const offered = query === null || whole.includes(query) ? [] : candidatesFor(query)
  const candidates = whole.length === 0 ? offered : offered.filter(({ name }) => name.toLocaleLowerCase().startsWith(query?.toLocaleLowerCase() ?? ''))
  const active = choice.query === query ? choice.index : 0
  return {
    candidates,
    active,
    setActive: (index) => setChoice({ query: query ?? '', index }),
    picked,
    choose: (candidate) => {
      const at = asked?.at ?? cursor
      const before = `${text.slice(0, at)}@${candidate.name} `
      // Of two of one name the one that was picked last is meant.
      if (candidate.isAll !== true) setPicked((those) => [...those.filter(({ name }) => name !== candidate.name), candidate])
      setWritten((names) => [...names.filter((name) => name !== candidate.name), candidate.name])
      const next = before + text.slice(cursor).replace(/^ /, '')
      setSpaced({ text: next, end: before.length })
      return { text: next, cursor: before.length }
    },
    single: (next, place) => {
      const isSecond = text === spaced.text && place === spaced.end + 1 && next === `${text.slice(0, spaced.end)} ${text.slice(spaced.end)}`
      if (!isSecond) return { text: next, cursor: place }
      // Whoever writes another one wants it.
      setSpaced({ text: '', end: -1 })
      return { text, cursor: spaced.end }
    },
    dismiss: () => setDismissedAt(asked?.at ?? null),
    clear: () => {
      setPicked([])
      setWritten([])
    },
  }
}
