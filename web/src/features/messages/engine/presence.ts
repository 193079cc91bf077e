/** Tells whether somebody is at this window, and asks who of the others is. Nothing of it is kept. */
import type { ChatWire } from './port'
import { type ChatStore, update } from './store'

const MOST = 200
const ASK_AFTER_MS = 1_000

/** Follows the people who are shown, those of the list of conversations, and the visibility of the window until the answer is called. */
export function followPresence(store: ChatStore, wire: ChatWire, page: Document): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let watched = ''
  const tell = () => wire.send({ c: 'presence', k: page.visibilityState === 'visible' ? 'active' : 'away' })
  const ask = () => {
    timer = undefined
    const { entries, faces } = store.getState()
    const peers = [...entries.values()].flatMap((entry) => entry.conversation.peer_id ?? [])
    const asked = [...new Set([...faces, ...peers])].slice(0, MOST)
    const wanted = asked.join(' ')
    if (wanted === watched || asked.length === 0) return
    if (!wire.send({ c: 'presence', k: 'watch', member_ids: asked })) return
    watched = wanted
    // Of the others nothing is heard any more: what they were is not what they are.
    update(store, (state) => ({ ...state, presence: new Map([...state.presence].filter(([id]) => asked.includes(id))) }))
  }
  const stops = [
    wire.on((frame) => {
      if (frame.c !== 'sys' || frame.k !== 'hello') return
      watched = ''
      tell()
      ask()
    }),
    store.subscribe((state, before) => {
      if (state.entries !== before.entries || state.faces !== before.faces) timer ??= setTimeout(ask, ASK_AFTER_MS)
    }),
  ]
  page.addEventListener('visibilitychange', tell)
  return () => {
    clearTimeout(timer)
    page.removeEventListener('visibilitychange', tell)
    for (const stop of stops) stop()
  }
}
