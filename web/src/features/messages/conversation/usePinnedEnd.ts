/** Keeps the last message in sight while nobody scrolled away from it, whatever grows or shrinks: rows, window, keyboard. */
import type { Virtualizer } from '@tanstack/react-virtual'
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef } from 'react'

const END_PX = 48
const upwards = new Set(['ArrowUp', 'PageUp', 'Home'])

/** Answers the way to say that the end is, or is not, what should be seen. */
export function usePinnedEnd(
  scroller: RefObject<HTMLDivElement | null>,
  virtual: Virtualizer<HTMLDivElement, Element>,
  isLive: boolean,
  rows: readonly unknown[],
): (isPinned: boolean) => void {
  const isPinned = useRef(true)
  const size = virtual.getTotalSize()
  useLayoutEffect(() => {
    if (isPinned.current && isLive && rows.length > 0 && size > 0) virtual.scrollToEnd()
  }, [virtual, isLive, rows, size])
  const isShown = rows.length > 0
  useEffect(() => {
    const element = scroller.current
    if (!isShown || !element) return
    const leave = () => {
      isPinned.current = false
    }
    const arrive = () => {
      if (element.scrollHeight - element.scrollTop - element.clientHeight < END_PX) isPinned.current = true
    }
    const wheel = (event: WheelEvent) => event.deltaY < 0 && leave()
    const press = (event: KeyboardEvent) => upwards.has(event.key) && leave()
    const grab = (event: PointerEvent) => event.target === element && leave()
    const options = { passive: true }
    // Before the list draws for the new place: after it, asking how tall it is would make the browser lay it out once more.
    const first = { passive: true, capture: true }
    element.addEventListener('wheel', wheel, options)
    element.addEventListener('touchmove', leave, options)
    element.addEventListener('keydown', press)
    element.addEventListener('pointerdown', grab)
    element.addEventListener('scroll', arrive, first)
    const watch = typeof ResizeObserver === 'undefined' ? null : new ResizeObserver(() => isPinned.current && virtual.scrollToEnd())
    watch?.observe(element)
    return () => {
      watch?.disconnect()
      element.removeEventListener('wheel', wheel)
      element.removeEventListener('touchmove', leave)
      element.removeEventListener('keydown', press)
      element.removeEventListener('pointerdown', grab)
      element.removeEventListener('scroll', arrive, first)
    }
  }, [scroller, virtual, isShown])
  return useCallback((pinned: boolean) => {
    isPinned.current = pinned
  }, [])
}
