/** What one wrote in conversations one is no longer in: it was not sent, and is not lost either. */
import type { Outbox, Outgoing } from './outbox'
import type { Memory } from './port'
import type { ChatState } from './state'
import type { ChatStore } from './store'

/** What stands where no conversation does any more. */
export const orphans = (outbox: Outbox): Outbox => outbox.filter((item) => item.gone_from !== undefined)

/** What has just lost its conversation. */
export function justLost(state: ChatState, before: ChatState): Outbox {
  if (state.entries === before.entries) return []
  return orphans(state.outbox).filter(({ conversation_id: id }) => before.entries.has(id) && !state.entries.has(id))
}

/** Keeps it on this device as what waits is kept: sealed, and gone at sign-out. */
export function followUnsent(store: ChatStore, memory: Memory): void {
  store.subscribe((state: ChatState, before: ChatState) => {
    if (state.outbox === before.outbox) return
    const known = new Set<Outgoing>(before.outbox)
    for (const item of orphans(state.outbox)) if (!known.has(item)) memory.keepOutgoing(item)
  })
}
