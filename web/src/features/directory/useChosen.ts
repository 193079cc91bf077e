/** Who is chosen in the directory: one by one, a run of them, or everybody of a list. It outlives the list it was made in. */
import { useCallback, useMemo, useRef, useState } from 'react'
import type { Member } from '~/api/types'
import { MOST_CHOSEN } from './queries'

export type ById = ReadonlyMap<string, Member>

/** Oneself is in every group anyway, and who cannot sign in is in none. */
export const canChoose = (member: Member) => !member.is_me && member.state === 'active'

/** Those of `members` that may be chosen, added; beyond the most there may be nobody is. */
export function withAll(chosen: ById, members: readonly Member[]): ById {
  const all = new Map(chosen)
  for (const member of members) if (canChoose(member) && (all.has(member.id) || all.size < MOST_CHOSEN)) all.set(member.id, member)
  return all
}

export interface Chosen {
  people: ById
  has: (id: string) => boolean
  /** Chooses or lets go of somebody; with `isRun` everybody between the last one and this one is chosen. */
  toggle: (place: number, isRun?: boolean) => void
  add: (members: readonly Member[]) => void
  clear: () => void
}

export function useChosen(rows: readonly (Member | undefined)[]): Chosen {
  const [people, setPeople] = useState<ById>(() => new Map())
  const last = useRef<string | null>(null)
  const toggle = useCallback(
    (place: number, isRun = false) => {
      const member = rows[place]
      if (!member || !canChoose(member)) return
      const from = rows.findIndex((row) => row !== undefined && row.id === last.current)
      last.current = member.id
      setPeople((before) => {
        const run = from < 0 ? [] : rows.slice(Math.min(from, place), Math.max(from, place) + 1).filter((row) => row !== undefined)
        // Over people nobody has read yet there is no run.
        if (isRun && from >= 0 && run.length === Math.abs(from - place) + 1) return withAll(before, run)
        if (!before.has(member.id)) return withAll(before, [member])
        const rest = new Map(before)
        rest.delete(member.id)
        return rest
      })
    },
    [rows],
  )
  const add = useCallback((members: readonly Member[]) => setPeople((before) => withAll(before, members)), [])
  const clear = useCallback(() => setPeople(new Map()), [])
  return useMemo(() => ({ people, has: (id) => people.has(id), toggle, add, clear }), [people, toggle, add, clear])
}
