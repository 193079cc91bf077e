/** What is being looked for while it is written: words in the field, filters beside them. */
import { useState } from 'react'
import type { Filters } from '~/shell/finding'
import { useMe } from '~/shell/session'
import { useSearchesMessages } from '../narrowing'
import { plain, plainWordsOf, type Reading, read, without, wordsOf } from './operators'

export interface Draft {
  text: string
  filters: Filters
}

export const hasFilters = (filters: Filters) => Object.values(filters).some((value) => value !== undefined)

const UNNARROWED: Filters = {}

/** Where messages are not searched there are neither filters nor operators: a colon is a colon. */
export function useDraft(start: Draft) {
  const me = useMe()?.id
  const isNarrowed = useSearchesMessages()
  const [written, setDraft] = useState(start)
  const draft = isNarrowed ? written : { text: written.text, filters: UNNARROWED }
  const [opened] = useState(() => new Date())
  const readAs: typeof read = (text, around) => (isNarrowed ? read(text, around) : plain(text))
  const reading = readAs(draft.text, { now: opened, me })
  const take = (next: Reading, filters: Filters) => setDraft({ text: next.text, filters: { ...filters, ...next.filters } })
  return {
    draft,
    reading,
    words: isNarrowed ? wordsOf(draft.text) : plainWordsOf(draft.text),
    set: setDraft,
    write: (text: string) => take(readAs(text, { now: new Date(), me }), draft.filters),
    /** Enter: what was written last counts although nothing follows it. Answers what is now looked for. */
    finish: (): Draft => {
      const next = readAs(draft.text, { now: new Date(), me, isFinal: true })
      // What nobody can make sense of stays, and is done: so it is said.
      const text = next.unread?.end === next.text.length ? `${next.text} ` : next.text
      take({ ...next, text }, draft.filters)
      return { text, filters: { ...draft.filters, ...next.filters } }
    },
    /** What was being named is this. */
    choose: (filters: Filters) => {
      if (reading.naming) setDraft({ text: without(draft.text, [reading.naming]), filters: { ...draft.filters, ...filters } })
    },
    /** When the field was opened: what today is, while it is written. */
    now: opened,
    narrow: (filters: Filters) => setDraft({ ...draft, filters: { ...draft.filters, ...filters } }),
    widen: (...names: (keyof Filters)[]) => setDraft({ ...draft, filters: { ...draft.filters, ...Object.fromEntries(names.map((name) => [name, undefined])) } }),
  }
}

export type DraftState = ReturnType<typeof useDraft>
