/** Keeps messages and their uploads in step: what is there leaves, what has left is forgotten. */
import type { Outgoing } from './outbox'
import type { Attachments } from './port'
import type { Sender } from './sender'
import type { ChatStore } from './store'

function uploadsOf(outbox: readonly Outgoing[]): Set<string> {
  return new Set(outbox.flatMap((item) => item.uploads ?? []))
}

export function followAttachments(store: ChatStore, attachments: Attachments, sender: Sender): () => void {
  const stops = [
    attachments.store.subscribe(() => {
      sender.equip()
      sender.drain()
    }),
    store.subscribe((state, before) => {
      if (state.outbox === before.outbox) return
      const held = uploadsOf(state.outbox)
      const gone = [...uploadsOf(before.outbox)].filter((id) => !held.has(id))
      if (gone.length > 0) attachments.forget(gone)
    }),
  ]
  return () => stops.forEach((stop) => stop())
}
