/** Whether a media query holds, for what CSS alone cannot decide. Everybody who asks the same shares one list. */
import { useSyncExternalStore } from 'react'

const queries = new Map<string, MediaQueryList>()

function listFor(query: string): MediaQueryList | null {
  if (typeof matchMedia !== 'function') return null
  const held = queries.get(query) ?? matchMedia(query)
  queries.set(query, held)
  return held
}

/** Whether a media query holds now. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = listFor(query)
      list?.addEventListener('change', changed)
      return () => list?.removeEventListener('change', changed)
    },
    () => listFor(query)?.matches ?? false,
  )
}

export const useIsPhone = () => useMedia('(max-width: 767.98px)')

/** Whether a list and what is open in it take turns, since both do not fit: on a phone, and on a tablet held upright. */
export const useTakesTurns = () => useMedia('(max-width: 1023.98px)')
