/** What is being looked for while it is written: words in the field, filters beside them. */
import { useState } from 'react'
import type { Filters } from '~/shell/finding'
import { useMe } from '~/shell/session'
import { type Reading, read, without } from './operators'

export interface Draft {
  text: string
  filters: Filters
}

export const hasFilters = (filters: Filters) => Object.values(filters).some((value) => value !== undefined)

export function useDraft(start: Draft) {
  const me = useMe()?.id
  const [draft, setDraft] = useState(start)
  const [opened] = useState(() => new Date())
  const reading = read(draft.text, { now: opened, me })
  const take = (next: Reading, filters: Filters) => setDraft({ text: next.text, filters: { ...filters, ...next.filters } })
  return {
    draft,
    reading,
    set: setDraft,
    write: (text: string) => take(read(text, { now: new Date(), me }), draft.filters),
    /** Enter: what was written last counts although nothing follows it. Answers what is now looked for. */
    finish: (): Draft => {
      const next = read(draft.text, { now: new Date(), me, isFinal: true })
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
