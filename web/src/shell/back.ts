/**
 * Back (of the browser, of a phone) closes what lies open over the page before it leaves the page.
 *
 * The browser goes back by itself and tells afterwards; the router is not told, and we go forward again. So nothing is added to the
 * way back when something opens, and nothing is left there when it closes, however it closes. Only the first page of a tab has nothing
 * of ours behind it: it gets a threshold, the same address once more, the first time something opens, and Back does not stop there.
 */
import type { HistoryState, RouterHistory } from '@tanstack/react-router'
import { closeTopLayer, watchLayers } from '~/lib/layers'

/** What the router writes into an entry of the history: which one it is, and how many of its own lie behind it. */
interface Place {
  __TSR_key?: string
  __TSR_index: number
  isThreshold?: boolean
}

const isPlace = (state: unknown): state is Place => typeof state === 'object' && state !== null && '__TSR_index' in state

/** Begins to watch; the answer ends it. */
export function watchBack(history: RouterHistory): () => void {
  let here: unknown = window.history.state
  /** The entry we are on the way back to, by its key. */
  let returning: string | undefined

  const unsubscribe = history.subscribe(({ action }) => {
    if (action.type === 'PUSH' || action.type === 'REPLACE') here = history.location.state
  })

  const layThreshold = () => {
    history.flush()
    const first: unknown = window.history.state
    if (!isPlace(first) || first.__TSR_index > 0) return
    const next: HistoryState & Place = { ...first, __TSR_index: 1, isThreshold: undefined }
    // Past the router: for it nothing moved, but that one more lies behind.
    History.prototype.replaceState.call(window.history, { ...first, isThreshold: true }, '')
    History.prototype.pushState.call(window.history, next, '')
    history.location.state.__TSR_index = 1
    here = next
  }

  const onPop = (event: PopStateEvent) => {
    const [from, to]: [unknown, unknown] = [here, event.state]
    here = to
    const awaited = returning
    returning = undefined
    if (!isPlace(from) || !isPlace(to)) return
    if (awaited !== undefined && awaited === to.__TSR_key) return event.stopImmediatePropagation()
    const steps = from.__TSR_index - to.__TSR_index
    if (steps <= 0) return
    if (closeTopLayer()) {
      event.stopImmediatePropagation()
      returning = from.__TSR_key
      window.history.go(steps)
    } else if (steps === 1 && to.isThreshold === true && isShown(history)) {
      event.stopImmediatePropagation()
      window.history.back()
    }
  }

  // Before the router hears of it.
  window.addEventListener('popstate', onPop, { capture: true })
  const unwatch = watchLayers(layThreshold)
  return () => {
    window.removeEventListener('popstate', onPop, { capture: true })
    unsubscribe()
    unwatch()
  }
}

/** Whether the address is the one of the page that is shown. */
const isShown = (history: RouterHistory) => history.location.href === `${window.location.pathname}${window.location.search}${window.location.hash}`
