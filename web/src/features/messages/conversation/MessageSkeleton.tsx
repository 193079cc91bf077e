/** The shape of messages while the first ones are on their way. Nothing in the first 300 ms. */
import { useLingui } from '@lingui/react/macro'
import styles from './MessageSkeleton.module.css'

const shapes = [
  { width: 52, isMine: false },
  { width: 34, isMine: false },
  { width: 44, isMine: true },
  { width: 60, isMine: false },
  { width: 28, isMine: true },
  { width: 48, isMine: false },
]

export function MessageSkeleton() {
  const { t } = useLingui()
  return (
    <div className={styles.skeleton} role="status">
      <span className="hidden-visually">{t`Loading`}</span>
      {shapes.map((shape, place) => (
        <div key={place} className={styles.row} data-mine={shape.isMine || undefined} aria-hidden="true">
          {!shape.isMine && <span className={styles.circle} />}
          <span className={styles.bubble} style={{ inlineSize: `${shape.width}%` }} />
        </div>
      ))}
    </div>
  )
}
