/** Keeps in sight what should be seen while nobody scrolls away from it, whatever grows or shrinks: rows, window, keyboard. */
import type { Virtualizer } from '@tanstack/react-virtual'
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef } from 'react'

const END_PX = 48
const upwards = new Set(['ArrowUp', 'PageUp', 'Home'])
const downwards = new Set(['ArrowDown', 'PageDown', 'End'])

/** The live end, a row in the middle by its key, or nothing: then the place is the reader's own. */
export type Pin = 'end' | { key: string } | null

/** So long a row that was jumped to is held: those around it have been measured by then. */
const HOLDS_MS = 5_000

/** Answers the way to say what should be seen. A row stands where it was meant to only once those around it were measured. */
export function usePinned(
  scroller: RefObject<HTMLDivElement | null>,
  virtual: Virtualizer<HTMLDivElement, Element>,
  isLive: boolean,
  rows: readonly { key: string }[],
): (pin: Pin) => void {
  const pinned = useRef<Pin>('end')
  const hold = useCallback(() => {
    const to = pinned.current
    if (to === 'end') {
      if (isLive && rows.length > 0) virtual.scrollToEnd()
    } else if (to !== null) {
      const index = rows.findIndex((row) => row.key === to.key)
      if (index >= 0) virtual.scrollToIndex(index, { align: 'center' })
    }
  }, [virtual, isLive, rows])
  const size = virtual.getTotalSize()
  useLayoutEffect(() => {
    if (size > 0) hold()
  }, [hold, size])
  const held = useRef(hold)
  useEffect(() => {
    held.current = hold
  }, [hold])
  const isShown = rows.length > 0
  useEffect(() => {
    const element = scroller.current
    if (!isShown || !element) return
    const leave = () => {
      pinned.current = null
    }
    // Downwards one comes to the end, and leaves only a message that was jumped to.
    const isLeft = (up: boolean) => up || pinned.current !== 'end'
    const arrive = () => {
      if (pinned.current === null && element.scrollHeight - element.scrollTop - element.clientHeight < END_PX) pinned.current = 'end'
    }
    const wheel = (event: WheelEvent) => isLeft(event.deltaY < 0) && leave()
    const press = (event: KeyboardEvent) => (upwards.has(event.key) || (downwards.has(event.key) && isLeft(false))) && leave()
    const grab = (event: PointerEvent) => event.target === element && leave()
    const options = { passive: true }
    // Before the list draws for the new place: after it, asking how tall it is would make the browser lay it out once more.
    const first = { passive: true, capture: true }
    element.addEventListener('wheel', wheel, options)
    element.addEventListener('touchmove', leave, options)
    element.addEventListener('keydown', press)
    element.addEventListener('pointerdown', grab)
    element.addEventListener('scroll', arrive, first)
    const watch = typeof ResizeObserver === 'undefined' ? null : new ResizeObserver(() => held.current())
    watch?.observe(element)
    return () => {
      watch?.disconnect()
      element.removeEventListener('wheel', wheel)
      element.removeEventListener('touchmove', leave)
      element.removeEventListener('keydown', press)
      element.removeEventListener('pointerdown', grab)
      element.removeEventListener('scroll', arrive, first)
    }
  }, [scroller, isShown])
  return useCallback((pin: Pin) => {
    pinned.current = pin
    if (pin === null || pin === 'end') return
    setTimeout(() => {
      if (pinned.current === pin) pinned.current = null
    }, HOLDS_MS)
  }, [])
}
