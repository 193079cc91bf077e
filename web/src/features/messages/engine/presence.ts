/** Tells whether somebody is at this window, and asks who of the others is. Nothing of it is kept. */
import type { ChatWire } from './port'
import type { ChatStore } from './store'

const MOST = 200
const ASK_AFTER_MS = 1_000

/** Follows the list of conversations and the visibility of the window until the answer is called. */
export function followPresence(store: ChatStore, wire: ChatWire, page: Document): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let watched = ''
  const tell = () => wire.send({ c: 'presence', k: page.visibilityState === 'visible' ? 'active' : 'away' })
  const ask = () => {
    timer = undefined
    const peers = [...store.getState().entries.values()].flatMap((entry) => entry.conversation.peer_id ?? []).slice(0, MOST)
    const wanted = peers.join(' ')
    if (wanted === watched || peers.length === 0) return
    if (wire.send({ c: 'presence', k: 'watch', member_ids: peers })) watched = wanted
  }
  const stops = [
    wire.on((frame) => {
      if (frame.c !== 'sys' || frame.k !== 'hello') return
      watched = ''
      tell()
      ask()
    }),
    store.subscribe((state, before) => {
      if (state.entries !== before.entries) timer ??= setTimeout(ask, ASK_AFTER_MS)
    }),
  ]
  page.addEventListener('visibilitychange', tell)
  return () => {
    clearTimeout(timer)
    page.removeEventListener('visibilitychange', tell)
    for (const stop of stops) stop()
  }
}
