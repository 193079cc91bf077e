/** The plan of the round house in rings: one sector per kind of thing, filled from the inside; further out means kept longer. Always beside a table that says the same. */
import type { ReactNode } from 'react'
import styles from './RingBands.module.css'

export interface RingBand {
  id: string
  label: string
  /** How many of the rings are filled. */
  level: number
  /** 1 to 8. */
  colour: number
}

interface Props {
  label: string
  bands: readonly RingBand[]
  selected?: string | null
  /** Stands in the courtyard. */
  children?: ReactNode
}

const RINGS = [0, 1, 2, 3, 4]
const COURT = 42
const WIDTH = 16
const OUTER = COURT + RINGS.length * WIDTH
const GAP = 0.02

const at = (radius: number, angle: number) => `${(radius * Math.cos(angle)).toFixed(1)} ${(radius * Math.sin(angle)).toFixed(1)}`

function ring(inner: number, outer: number, start: number, end: number): string {
  const large = end - start > Math.PI ? 1 : 0
  return `M${at(inner, start)}L${at(outer, start)}A${outer} ${outer} 0 ${large} 1 ${at(outer, end)}L${at(inner, end)}A${inner} ${inner} 0 ${large} 0 ${at(inner, start)}Z`
}

function Sector({ band, start, end, isSelected }: { band: RingBand; start: number; end: number; isSelected: boolean }) {
  const middle = (start + end) / 2
  const side = Math.cos(middle)
  const from = start + GAP
  const to = end - GAP
  return (
    <g>
      {RINGS.map((n) => (
        <path key={n} d={ring(COURT + n * WIDTH + 1, COURT + (n + 1) * WIDTH - 1, from, to)} fill={n < band.level ? `var(--cat-${band.colour})` : 'var(--line-1)'} />
      ))}
      {isSelected && <path d={`M${at(OUTER + 6, from)}A${OUTER + 6} ${OUTER + 6} 0 ${to - from > Math.PI ? 1 : 0} 1 ${at(OUTER + 6, to)}`} className={styles.selected} />}
      <text x={(OUTER + 16) * side} y={(OUTER + 16) * Math.sin(middle) + 4} className={styles.label} textAnchor={Math.abs(side) < 0.2 ? 'middle' : side > 0 ? 'start' : 'end'} data-selected={isSelected || undefined}>
        {band.label}
      </text>
    </g>
  )
}

export function RingBands({ label, bands, selected, children }: Props) {
  // One sector alone would begin where it ends.
  const step = (Math.PI * 2 - 0.001) / Math.max(1, bands.length)
  return (
    <div className={styles.plan}>
      <svg viewBox="-240 -152 480 304" role="img" aria-label={label}>
        {bands.map((band, n) => (
          <Sector key={band.id} band={band} start={n * step - Math.PI / 2} end={(n + 1) * step - Math.PI / 2} isSelected={band.id === selected} />
        ))}
      </svg>
      <div className={styles.court}>{children}</div>
    </div>
  )
}

/** How many rings of a sector are filled, in a line of a table. */
export function RingLevel({ level, colour }: { level: number; colour: number }) {
  return (
    <span className={styles.level} data-colour={colour} aria-hidden="true">
      {RINGS.map((n) => (
        <i key={n} data-on={n < level || undefined} />
      ))}
    </span>
  )
}
