/**
 * Hints for the first time somebody uses something: gone for good, for the person, once they were read or followed. The
 * account keeps which. What the server could not be told yet waits in this browser, where it does not come back either.
 */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { create } from 'zustand'
import { call } from '~/api/client'
import type { Hint } from '~/api/types'

const HINTS: readonly Hint[] = ['choose_people', 'conversation_menu']
const KEY = 'hints'

/** What waits to be told. Earlier versions kept all that was ended, and wrote the names with a line between the words. */
function waiting(): readonly Hint[] {
  try {
    const left: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    const names = Array.isArray(left) ? left.map((name) => String(name).replaceAll('-', '_')) : []
    return HINTS.filter((hint) => names.includes(hint))
  } catch {
    return []
  }
}

function wait(hints: readonly Hint[]) {
  try {
    if (hints.length === 0) localStorage.removeItem(KEY)
    else localStorage.setItem(KEY, JSON.stringify(hints))
  } catch {
    // A browser that keeps nothing tells the server as long as the page is open.
  }
}

interface Here {
  /** Ended in this browser: not shown, whatever the server says. */
  ended: readonly Hint[]
  told: readonly Hint[]
}

const useHere = create<Here>(() => ({ ended: waiting(), told: [] }))

/** Tells what waits, and says whether anything was told; what cannot be told waits on. */
async function tell(): Promise<boolean> {
  const { ended, told } = useHere.getState()
  const untold = new Set([...waiting(), ...ended.filter((hint) => !told.includes(hint))])
  const answers = await Promise.all([...untold].map(tellOne))
  return answers.includes(true)
}

async function tellOne(hint: Hint): Promise<boolean> {
  try {
    await call('put', '/v1/me/hints/{hint}', { path: { hint } })
  } catch {
    // With the next reading: at the next start, or once the connection is back.
    return false
  }
  useHere.setState((here) => ({ told: [...here.told, hint] }))
  wait(waiting().filter((one) => one !== hint))
  return true
}

/** What the account has ended. Of the account, so its key has no organisation in it. */
export const endedHints = () => ({
  queryKey: ['ended-hints'],
  staleTime: 300_000,
  meta: { isKept: true },
  queryFn: async ({ signal }: { signal: AbortSignal }): Promise<readonly Hint[]> => {
    await tell()
    return (await call('get', '/v1/me/hints', {}, { signal, organisation: null })).items
  },
})

/** Whether the hint is to be shown. Before it is known what was ended none is. */
export function useHint(hint: Hint): boolean {
  const ended = useQuery(endedHints()).data
  const isEndedHere = useHere((here) => here.ended.includes(hint))
  return ended !== undefined && !ended.includes(hint) && !isEndedHere
}

/** It was read, or what it tells was done: it goes at once, and for good. */
export function useEndHint(): (hint: Hint) => void {
  const queries = useQueryClient()
  return useCallback(
    (hint) => {
      const known = queries.getQueryData<readonly Hint[]>(endedHints().queryKey)
      if (known?.includes(hint) === true || useHere.getState().ended.includes(hint)) return
      useHere.setState((here) => ({ ended: [...here.ended, hint] }))
      wait([...waiting(), hint])
      void tell().then((isTold) => (isTold ? queries.invalidateQueries({ queryKey: endedHints().queryKey }) : undefined))
    },
    [queries],
  )
}

/** Signed out: the next person on this device reads their own. */
export function forgetHints() {
  wait([])
  useHere.setState({ ended: [], told: [] })
}
