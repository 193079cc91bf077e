/** Whether a media query holds, for what CSS alone cannot decide. Everybody who asks the same shares one list. */
import { useSyncExternalStore } from 'react'

interface Media {
  /** None where nothing can be asked. */
  list: MediaQueryList | null
  subscribe: (changed: () => void) => () => void
}

const queries = new Map<string, Media>()

/** The same each time: who asks again while drawing goes on listening, and does not begin anew. */
function mediaFor(query: string): Media {
  const held = queries.get(query)
  if (held) return held
  const list = typeof matchMedia === 'function' ? matchMedia(query) : null
  const subscribe = (changed: () => void) => {
    list?.addEventListener('change', changed)
    return () => list?.removeEventListener('change', changed)
  }
  const media = { list, subscribe }
  queries.set(query, media)
  return media
}

/** Whether a media query holds now. */
export function useMedia(query: string): boolean {
  const { list, subscribe } = mediaFor(query)
  return useSyncExternalStore(subscribe, () => list?.matches ?? false)
}

export const useIsPhone = () => useMedia('(max-width: 767.98px)')

/** Whether a list and what is open in it take turns, since both do not fit: on a phone, and on a tablet held upright. */
export const useTakesTurns = () => useMedia('(max-width: 1023.98px)')
