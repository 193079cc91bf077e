/** The edge of a column: dragged, or moved by the arrow keys, it makes the column wider or narrower. */
import { useLingui } from '@lingui/react/macro'
import { type KeyboardEvent, type PointerEvent, useRef } from 'react'
import styles from './Divider.module.css'

interface Props {
  /** Whose edge it is. */
  label: string
  /** In CSS pixels. */
  value: number
  min: number
  max: number
  /** The custom property of the parent that holds the width, changed at once while it is dragged. */
  property: string
  /** Whether the column stands before the edge or after it. */
  side: 'before' | 'after'
  /** The width it was left at; `null` for the one it is made with. */
  onChange: (value: number | null) => void
}

const STEP = 16

export function Divider({ label, value, min, max, property, side, onChange }: Props) {
  const { t } = useLingui()
  const grip = useRef<{ x: number; width: number } | null>(null)
  /** Towards the end of the line, whichever way it is written, a column before the edge grows. */
  const signOf = (edge: HTMLElement) => (side === 'before' ? 1 : -1) * (getComputedStyle(edge).direction === 'rtl' ? -1 : 1)
  const bounded = (width: number) => Math.min(max, Math.max(min, width))
  const widthAt = (event: PointerEvent<HTMLElement>) => {
    const from = grip.current ?? { x: event.clientX, width: value }
    return bounded(from.width + (event.clientX - from.x) * signOf(event.currentTarget))
  }
  const drag = (event: PointerEvent<HTMLElement>) => {
    if (grip.current) event.currentTarget.parentElement?.style.setProperty(property, `${widthAt(event)}px`)
  }
  const drop = (event: PointerEvent<HTMLElement>) => {
    if (!grip.current) return
    const width = widthAt(event)
    const hasMoved = event.clientX !== grip.current.x
    grip.current = null
    if (hasMoved) onChange(width)
  }
  /** The browser took the pointer away: where it was then says nothing. */
  const giveUp = (event: PointerEvent<HTMLElement>) => {
    if (grip.current) event.currentTarget.parentElement?.style.setProperty(property, `${grip.current.width}px`)
    grip.current = null
  }
  const press = (event: KeyboardEvent<HTMLElement>) => {
    const step = event.key === 'ArrowRight' ? STEP : event.key === 'ArrowLeft' ? -STEP : 0
    const next = step !== 0 ? bounded(value + step * signOf(event.currentTarget)) : event.key === 'Home' ? min : event.key === 'End' ? max : event.key === 'Enter' ? null : undefined
    if (next === undefined || event.metaKey || event.ctrlKey || event.altKey) return
    event.preventDefault()
    onChange(next)
  }
  return (
    <div
      role="separator"
      tabIndex={0}
      className={styles.edge}
      data-side={side}
      aria-orientation="vertical"
      aria-label={t`Width: ${label}`}
      aria-valuenow={Math.round(value)}
      aria-valuemin={min}
      aria-valuemax={max}
      title={t`Drag to resize, double-click to reset`}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        event.currentTarget.focus({ preventScroll: true })
        grip.current = { x: event.clientX, width: value }
      }}
      // Otherwise the browser begins to drag the link or to select the words that lie below the edge.
      onMouseDown={(event) => event.preventDefault()}
      onPointerMove={drag}
      onPointerUp={drop}
      onPointerCancel={giveUp}
      onDoubleClick={() => onChange(null)}
      onKeyDown={press}
    />
  )
}
