/** Where reading had stopped: fixed when the conversation is opened, and again when messages come while nobody looks. */
import { useCallback, useEffect } from 'react'
import { useStateFor } from '~/lib/useStateFor'
import { useMessages } from '../context'
import { unread } from '../engine/entry'
import type { ChatState } from '../engine/state'

export const isLookedAt = () => document.visibilityState === 'visible' && document.hasFocus()

function lineIn(state: ChatState, id: string): number | null {
  const entry = state.entries.get(id)
  return entry && unread(entry) > 0 ? entry.readSeq : null
}

export function useUnreadLine(id: string): { after: number | null; clear: () => void } {
  const { engine } = useMessages()
  const [after, setAfter] = useStateFor<number | null>(id, () => lineIn(engine.store.getState(), id))
  useEffect(
    () =>
      engine.store.subscribe((state, before) => {
        const entry = state.entries.get(id)
        const known = before.entries.get(id)
        if (!entry || entry === known) return
        const isNew = !known || entry.last.seq > known.last.seq
        if (!isNew || entry.last.seq <= entry.readSeq || (known && isLookedAt())) return
        setAfter((line) => (line !== null && line >= entry.readSeq ? line : lineIn(state, id)))
      }),
    [engine, id, setAfter],
  )
  const clear = useCallback(() => setAfter(null), [setAfter])
  return { after, clear }
}
