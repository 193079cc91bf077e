/** Keeps one socket open for the organisation whose pages are open, and lets its events mark queries stale. */
import { useQueryClient } from '@tanstack/react-query'
import { createContext, useContext, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react'
import { Live, socketUrl } from '~/api/live'
import { dispatch, type LiveMap, markOld } from '~/api/live-events'
import { depart, wayOfBye } from './departure'
import { session } from './session'

const LiveContext = createContext<Live | null>(null)

const maps: LiveMap[] = []

/** Called once at the start with the map of every feature. */
export function provideLiveMaps(all: readonly LiveMap[]) {
  maps.push(...all)
}

/** The socket; only below the shell of an organisation. */
export function useLive(): Live {
  const live = useContext(LiveContext)
  if (live === null) throw new Error('useLive is used outside an organisation')
  return live
}

export function useLiveState() {
  const live = useLive()
  return useSyncExternalStore(live.subscribe, live.snapshot)
}

export function LiveProvider({ slug, children }: { slug: string; children: ReactNode }) {
  const queries = useQueryClient()
  const [live] = useState(
    () =>
      new Live({
        open: (pos) => new WebSocket(socketUrl(location.origin, slug, pos)),
        onFarewell: (code) => depart(queries, wayOfBye(code, slug)),
        onStalled: () => {
          void queries.refetchQueries({ queryKey: session().queryKey })
        },
      }),
  )
  useEffect(() => {
    let me = ''
    const silence = live.on((frame) => {
      if (frame.c === 'sys' && frame.k === 'hello') {
        me = frame.member_id
        // Nobody tells what changed between the reading of a page and the first hello.
        if (!live.snapshot().isResumed) markOld(queries)
      }
      dispatch(frame, maps, queries, me)
    })
    const back = () => live.reconnect()
    const gone = () => live.lost()
    window.addEventListener('online', back)
    window.addEventListener('offline', gone)
    live.start(null)
    return () => {
      silence()
      window.removeEventListener('online', back)
      window.removeEventListener('offline', gone)
      live.stop()
    }
  }, [live, queries])
  return <LiveContext value={live}>{children}</LiveContext>
}
