/** Alt and the arrows lead from one conversation to the next, also while one writes: the draft stays with its conversation. */
import { type RefObject, useEffect, useEffectEvent, useRef } from 'react'
import { isLayerOpen } from '~/lib/layers'
import { useIsPhone } from '~/lib/useMedia'
import { useMessages } from './context'
import type { Entry } from './engine/entry'
import { shownEntries } from './list/filter'
import { stepOf, stepped } from './list/steps'
import { useGo } from './opening'

/** The list as it is drawn: filtered, and in its order. */
export interface Listed {
  entries: readonly Entry[]
  /** Scrolls until it is seen. */
  reveal: (id: string) => void
}

/** The answer is to be filled by the list; where it is not drawn, the steps go through all there is. */
export function useSteps(open: string | null): RefObject<Listed | null> {
  const { engine } = useMessages()
  const list = useRef<Listed>(null)
  const go = useGo()
  const isPhone = useIsPhone()
  const press = useEffectEvent((event: KeyboardEvent) => {
    const step = stepOf(event)
    if (step === null || event.isComposing || event.defaultPrevented || isLayerOpen()) return
    // The caret stays where it is, also at the end of the list.
    event.preventDefault()
    const next = stepped(list.current?.entries ?? shownEntries(engine.store.getState().entries, 'all', open), open, step)
    if (next === null) return
    list.current?.reveal(next)
    go(next)
  })
  useEffect(() => {
    if (isPhone) return
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [isPhone])
  return list
}
