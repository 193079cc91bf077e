/** How far something is, as the ring of the house. `value` is from 0 to 1; without one it turns. */
import styles from './RingProgress.module.css'

interface Props {
  label: string
  value?: number
  size?: number
}

const RADIUS = 9
const AROUND = 2 * Math.PI * RADIUS

export function RingProgress({ label, value, size = 24 }: Props) {
  const percent = value === undefined ? undefined : Math.round(value * 100)
  return (
    <span className={styles.ring} role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={percent} data-turning={value === undefined || undefined}>
      <svg width={size} height={size} viewBox="0 0 24 24" fill="none" aria-hidden="true">
        <circle cx="12" cy="12" r={RADIUS} className={styles.track} />
        <circle cx="12" cy="12" r={RADIUS} className={styles.done} strokeDasharray={`${AROUND * (value ?? 0.25)} ${AROUND}`} />
      </svg>
    </span>
  )
}
