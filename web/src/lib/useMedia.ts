/** Whether a media query holds, for what CSS alone cannot decide. */
import { useCallback, useSyncExternalStore } from 'react'

export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (changed: () => void) => {
      const media = window.matchMedia(query)
      media.addEventListener('change', changed)
      return () => media.removeEventListener('change', changed)
    },
    [query],
  )
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches)
}

/** Below this there is no wall: one column, tab bar at the bottom. */
export const useIsPhone = () => useMedia('(max-width: 767.98px)')
