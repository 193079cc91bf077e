/** Which stretch of a conversation is on the screen: the live end, or a place in its past that was jumped to. */
import { useCallback, useMemo } from 'react'
import type { Message } from '~/api/types'
import { useStateFor } from '~/lib/useStateFor'
import { useChat, useMessages } from '../context'
import { hasNewer, hasOlder } from '../engine/history'
import { windowAt } from '../engine/log'
import { rangeAt } from '../engine/ranges'
import { useNow } from '../useNow'

export interface MessageWindow {
  messages: readonly Message[]
  isLive: boolean
  isLoaded: boolean
  hasOlder: boolean
  hasNewer: boolean
  loadOlder: () => Promise<void>
  loadNewer: () => Promise<void>
  /** Makes a place part of the window; answers the seq that is there. */
  goTo: (seq: number) => Promise<number>
  goToDay: (at: string) => Promise<number | null>
  goLive: () => void
}

export function useWindow(id: string): MessageWindow {
  const { engine } = useMessages()
  const log = useChat((state) => state.logs.get(id))
  const [anchor, setAnchor] = useStateFor<number | null>(id, () => null)
  const seq = anchor ?? log?.follow ?? null
  const now = useNow(60_000)
  const messages = useMemo(() => (log ? windowAt(log, seq, now) : []), [log, seq, now])
  const range = log && seq !== null ? rangeAt(log.ranges, seq) : undefined
  const follow = log?.follow ?? null
  const isLive = anchor === null || (follow !== null && range !== undefined && range.from <= follow && follow <= range.to)
  const from = range?.from ?? 0
  const to = range?.to ?? 0
  // The window stands where it grows: what is far from there may be let go.
  const loadOlder = useCallback(() => {
    setAnchor(from)
    return engine.history.older(id, from)
  }, [engine, id, from, setAnchor])
  const loadNewer = useCallback(() => {
    setAnchor(to)
    return engine.history.newer(id, to)
  }, [engine, id, to, setAnchor])
  const goTo = useCallback(
    async (wanted: number) => {
      const held = engine.store.getState().logs.get(id)
      if (!held || !rangeAt(held.ranges, wanted)) await engine.history.around(id, wanted)
      setAnchor(wanted)
      return wanted
    },
    [engine, id, setAnchor],
  )
  const goToDay = useCallback(
    async (at: string) => {
      const found = await engine.history.day(id, at)
      if (found !== null) setAnchor(found)
      return found
    },
    [engine, id, setAnchor],
  )
  const goLive = useCallback(() => setAnchor(null), [setAnchor])
  const older = log !== undefined && seq !== null && hasOlder(log, seq)
  const newer = !isLive && log !== undefined && seq !== null && hasNewer(log, seq)
  const isLoaded = range !== undefined
  return useMemo(
    () => ({ messages, isLive, isLoaded, hasOlder: older, hasNewer: newer, loadOlder, loadNewer, goTo, goToDay, goLive }),
    [messages, isLive, isLoaded, older, newer, loadOlder, loadNewer, goTo, goToDay, goLive],
  )
}
