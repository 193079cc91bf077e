/** A count of what waits. A dot when the number means nothing; grey when the conversation is muted, red when it counts what is wrong. */
import styles from './Badge.module.css'

interface Props {
  count: number
  label?: string
  isMuted?: boolean
  isDot?: boolean
  isBad?: boolean
}

export function Badge({ count, label, isMuted, isDot, isBad }: Props) {
  if (count <= 0) return null
  return (
    <span className={isDot === true ? styles.dot : styles.badge} data-muted={isMuted || undefined} data-bad={isBad || undefined}>
      {isDot !== true && <span aria-hidden={label !== undefined}>{count > 99 ? '99+' : count}</span>}
      {label !== undefined && <span className="hidden-visually">{label}</span>}
    </span>
  )
}
