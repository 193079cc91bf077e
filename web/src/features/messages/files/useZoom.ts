/** Wheel, pinch, drag and double press on the stage of the gallery. */
import { type PointerEvent, type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { drawn, moved, type Size, type Stage, type Swipe, swipeOf, type View, WHOLE, zoomed } from './zoom'

interface Finger {
  x: number
  y: number
}

const far = (a: Finger, b: Finger) => Math.hypot(a.x - b.x, a.y - b.y)

export interface Zoom {
  view: View
  zoom: (by: number) => void
  reset: () => void
  /** The way of a finger that swipes, for the picture to follow. */
  drag: number
  handlers: {
    onPointerDown: (event: PointerEvent<HTMLElement>) => void
    onPointerMove: (event: PointerEvent<HTMLElement>) => void
    onPointerUp: (event: PointerEvent<HTMLElement>) => void
    onPointerCancel: (event: PointerEvent<HTMLElement>) => void
    onDoubleClick: (event: { clientX: number; clientY: number }) => void
  }
}

/** `picture` is how large it is, where that is known. */
export function useZoom(stage: RefObject<HTMLDivElement | null>, index: number, picture: Size | null, onSwipe: (swipe: Exclude<Swipe, null>) => void): Zoom {
  const fingers = useRef(new Map<number, Finger>())
  const begun = useRef<Finger>({ x: 0, y: 0 })
  const [view, setView] = useState<View>(WHOLE)
  const [shown, setShown] = useState(index)
  if (shown !== index) {
    // Another picture begins whole.
    setShown(index)
    setView(WHOLE)
  }
  const [drag, setDrag] = useState(0)
  const [width, height] = [picture?.width ?? 0, picture?.height ?? 0]
  const size = useCallback((): Stage => {
    const box = { width: stage.current?.clientWidth ?? 0, height: stage.current?.clientHeight ?? 0 }
    return { ...box, picture: width > 0 && height > 0 ? drawn({ width, height }, box) : null }
  }, [stage, width, height])
  const fromMiddle = useCallback(({ clientX, clientY }: { clientX: number; clientY: number }) => {
    const box = stage.current?.getBoundingClientRect()
    return box ? { x: clientX - box.left - box.width / 2, y: clientY - box.top - box.height / 2 } : { x: 0, y: 0 }
  }, [stage])
  const zoom = useCallback((by: number) => setView((held) => zoomed(held, by, size())), [size])
  const reset = useCallback(() => setView(WHOLE), [])

  useEffect(() => {
    const element = stage.current
    if (!element) return
    const turn = (event: WheelEvent) => {
      event.preventDefault()
      const at = fromMiddle(event)
      setView((held) => zoomed(held, Math.exp(-event.deltaY / 400), size(), at))
    }
    element.addEventListener('wheel', turn, { passive: false })
    return () => element.removeEventListener('wheel', turn)
  }, [stage, fromMiddle, size])

  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    fingers.current.set(event.pointerId, { x: event.clientX, y: event.clientY })
    begun.current = { x: event.clientX, y: event.clientY }
  }
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const before = fingers.current.get(event.pointerId)
    if (!before) return
    const now = { x: event.clientX, y: event.clientY }
    const other = [...fingers.current].find(([id]) => id !== event.pointerId)?.[1]
    fingers.current.set(event.pointerId, now)
    if (other) {
      const by = far(now, other) / Math.max(1, far(before, other))
      const at = fromMiddle({ clientX: (now.x + other.x) / 2, clientY: (now.y + other.y) / 2 })
      setView((held) => zoomed(held, by, size(), at))
    } else if (view.scale > 1) setView((held) => moved(held, now.x - before.x, now.y - before.y, size()))
    else setDrag(now.x - begun.current.x)
  }
  const lift = (event: PointerEvent<HTMLElement>, isCancelled: boolean) => {
    const wasOne = fingers.current.size === 1
    if (!fingers.current.delete(event.pointerId)) return
    setDrag(0)
    if (!wasOne || isCancelled || view.scale > 1) return
    const swipe = swipeOf(event.clientX - begun.current.x, event.clientY - begun.current.y)
    if (swipe) onSwipe(swipe)
  }
  return {
    view, zoom, reset, drag,
    handlers: {
      onPointerDown,
      onPointerMove,
      onPointerUp: (event) => lift(event, false),
      onPointerCancel: (event) => lift(event, true),
      onDoubleClick: (event) => {
        const at = fromMiddle(event)
        setView((held) => (held.scale > 1 ? WHOLE : zoomed(held, 2.5, size(), at)))
      },
    },
  }
}
