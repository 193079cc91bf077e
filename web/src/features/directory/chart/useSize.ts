/** Makes the chart larger and smaller, around what one looks at, and moves it about. Nothing of it is kept. */
import { type KeyboardEvent, type MouseEvent, type PointerEvent, type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { type Area, fitting, larger, opening, smaller, turned, within } from './size'

interface Point {
  x: number
  y: number
}

/** A place of the chart, as a share of its width and height, and where in the window it is to be. */
interface Anchor {
  share: Point
  at: Point
}

/** A hand that only clicks trembles as much. */
const STILL_PX = 4

const chartOf = (box: HTMLElement | null) => box?.querySelector('[role=treeitem]')?.parentElement ?? null

function middleOf(box: HTMLElement): Point {
  const { left, top, width, height } = box.getBoundingClientRect()
  return { x: left + width / 2, y: top + height / 2 }
}

/** `box` scrolls, and holds the chart; while it is off, everything is as large as usual. */
export function useSize(box: RefObject<HTMLDivElement | null>, isOff: boolean) {
  const [wanted, setScale] = useState(1)
  const scale = isOff ? 1 : wanted
  const anchor = useRef<Anchor | null>(null)

  const settle = useCallback(() => {
    const [chart, held] = [chartOf(box.current)?.getBoundingClientRect(), anchor.current]
    anchor.current = null
    if (chart && held) box.current?.scrollBy(chart.left + held.share.x * chart.width - held.at.x, chart.top + held.share.y * chart.height - held.at.y)
  }, [box])
  useLayoutEffect(settle, [settle, scale])

  /** What is at a point of the window stays there; by itself the middle of what is seen. */
  const change = useCallback((to: (scale: number) => number, at?: Point) => {
    const chart = chartOf(box.current)?.getBoundingClientRect()
    if (!chart || !box.current) return
    const fixed = at ?? middleOf(box.current)
    anchor.current = { share: { x: (fixed.x - chart.left) / chart.width, y: (fixed.y - chart.top) / chart.height }, at: fixed }
    setScale(to)
  }, [box])

  /** The top of the chart goes to the middle of the window. */
  const draw = useCallback((sized: (chart: Area, room: Area) => number, scale: number) => {
    const chart = chartOf(box.current)?.getBoundingClientRect()
    // What is not laid out has no size that could be fitted.
    if (!chart || chart.width === 0 || !box.current) return
    const { top, left } = box.current.getBoundingClientRect()
    const style = getComputedStyle(box.current)
    const [above, beside] = [Number.parseFloat(style.paddingBlockStart) || 0, Number.parseFloat(style.paddingInlineStart) || 0]
    const room = { width: box.current.clientWidth - 2 * beside, height: box.current.clientHeight - 2 * above }
    const next = sized({ width: chart.width / scale, height: chart.height / scale }, room)
    anchor.current = { share: { x: 0.5, y: 0 }, at: { x: left + box.current.clientWidth / 2, y: top + above } }
    if (next === scale) settle()
    else setScale(next)
  }, [box, settle])
  const fit = () => draw(fitting, scale)

  // Once; from then on it is drawn as one wants it.
  const isOpened = useRef(false)
  useLayoutEffect(() => {
    if (isOff || isOpened.current) return
    isOpened.current = true
    draw(opening, 1)
  }, [isOff, draw])

  useWheelAndFingers(box, isOff, change)
  const press = (event: KeyboardEvent) => {
    if (isOff || event.metaKey || event.ctrlKey || event.altKey) return
    const way = event.key === '+' || event.key === '=' ? larger : event.key === '-' || event.key === '_' ? smaller : event.key === '0' ? () => 1 : null
    if (way === null) return
    event.preventDefault()
    change(way)
  }
  return { scale, larger: () => change(larger), smaller: () => change(smaller), fit, press }
}

/** Ctrl and the wheel, two fingers on a touchpad, and two on a screen: the browser would enlarge the whole page. */
function useWheelAndFingers(box: RefObject<HTMLDivElement | null>, isOff: boolean, change: (to: (scale: number) => number, at: Point) => void) {
  useEffect(() => {
    const element = box.current
    if (!element || isOff) return
    let apart = 0
    const turn = (event: WheelEvent) => {
      if (!event.ctrlKey) return
      event.preventDefault()
      change((scale) => turned(scale, event.deltaY), { x: event.clientX, y: event.clientY })
    }
    const pinch = (event: TouchEvent) => {
      const [one, other] = event.touches
      const before = apart
      apart = one && other && event.touches.length === 2 ? Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY) : 0
      if (!one || !other || apart === 0) return
      event.preventDefault()
      const by = before === 0 ? 1 : apart / before
      change((scale) => within(scale * by), { x: (one.clientX + other.clientX) / 2, y: (one.clientY + other.clientY) / 2 })
    }
    element.addEventListener('wheel', turn, { passive: false })
    for (const kind of ['touchstart', 'touchmove', 'touchend'] as const) element.addEventListener(kind, pinch, { passive: false })
    return () => {
      element.removeEventListener('wheel', turn)
      for (const kind of ['touchstart', 'touchmove', 'touchend'] as const) element.removeEventListener(kind, pinch)
    }
  }, [box, isOff, change])
}

/** The mouse takes hold of the chart anywhere and moves it; what was only pressed is pressed. A finger scrolls, as everywhere. */
export function useDrag() {
  const from = useRef<Point | null>(null)
  const [isDragging, setDragging] = useState(false)
  const wasDragged = useRef(false)
  const end = () => {
    from.current = null
    setDragging(false)
  }
  return {
    isDragging,
    handlers: {
      onPointerDown: (event: PointerEvent<HTMLElement>) => {
        wasDragged.current = false
        if (event.pointerType === 'mouse' && event.button === 0) from.current = { x: event.clientX, y: event.clientY }
      },
      onPointerMove: (event: PointerEvent<HTMLElement>) => {
        const before = from.current
        if (!before) return
        const way = { x: before.x - event.clientX, y: before.y - event.clientY }
        if (!wasDragged.current && Math.hypot(way.x, way.y) < STILL_PX) return
        if (!wasDragged.current) {
          wasDragged.current = true
          setDragging(true)
          event.currentTarget.setPointerCapture?.(event.pointerId)
        }
        event.currentTarget.scrollBy(way.x, way.y)
        from.current = { x: event.clientX, y: event.clientY }
      },
      onPointerUp: end,
      onPointerCancel: end,
      onClickCapture: (event: MouseEvent) => {
        if (!wasDragged.current) return
        wasDragged.current = false
        event.stopPropagation()
      },
    },
  }
}
