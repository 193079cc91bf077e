/** The plan of the round house: one sector per kind of record, further out means kept longer. Always beside a table of the same numbers. */
import styles from './RingPlan.module.css'

export interface RingSector {
  id: string
  label: string
  value: string
  /** 0 (not kept) to 1 (kept longest). */
  reach: number
  colour: number
}

interface Props {
  label: string
  sectors: readonly RingSector[]
  size?: number
}

const INNER = 32
const OUTER = 84
const GAP = 0.035

/** Colour 0 is a sector that is not in force. */
const fill = (colour: number) => (colour === 0 ? 'var(--line-2)' : `var(--cat-${colour})`)

function sectorPath(index: number, count: number, reach: number): string {
  const radius = INNER + (OUTER - INNER) * Math.max(0.06, Math.min(1, reach))
  const step = (Math.PI * 2) / count
  const start = index * step - Math.PI / 2 + GAP
  const end = (index + 1) * step - Math.PI / 2 - GAP
  const at = (r: number, angle: number) => `${(90 + r * Math.cos(angle)).toFixed(1)} ${(90 + r * Math.sin(angle)).toFixed(1)}`
  const large = end - start > Math.PI ? 1 : 0
  return `M${at(INNER, start)}L${at(radius, start)}A${radius} ${radius} 0 ${large} 1 ${at(radius, end)}L${at(INNER, end)}A${INNER} ${INNER} 0 ${large} 0 ${at(INNER, start)}Z`
}

export function RingPlan({ label, sectors, size = 208 }: Props) {
  return (
    <figure className={styles.plan}>
      <svg width={size} height={size} viewBox="0 0 180 180" role="img" aria-label={label}>
        <circle cx="90" cy="90" r="86" fill="none" stroke="var(--line-2)" strokeDasharray="2 4" />
        {sectors.map((sector, index) => (
          <path key={sector.id} className={styles.sector} d={sectorPath(index, sectors.length, sector.reach)} fill={fill(sector.colour)} />
        ))}
        <circle cx="90" cy="90" r="9" fill="var(--mark-vivid)" />
      </svg>
      <figcaption>
        <ul className={styles.legend}>
          {sectors.map((sector) => (
            <li key={sector.id}>
              <i style={{ background: fill(sector.colour) }} aria-hidden="true" />
              <span className="grow">{sector.label}</span>
              <span className={styles.value}>{sector.value}</span>
            </li>
          ))}
        </ul>
      </figcaption>
    </figure>
  )
}
