/** The true layout in grey while the first answer is on its way. Nothing in the first 300 ms. */
import { useLingui } from '@lingui/react/macro'
import styles from './Skeleton.module.css'

interface Props {
  rows?: number
  kind?: 'people' | 'table' | 'form'
}

/** The place of a name that is still on its way, in the line where it will stand. */
export function NameSkeleton() {
  return <span className={styles.name} aria-hidden="true" />
}

const WIDTHS = [54, 38, 62, 46, 30, 58, 42, 50]

export function Skeleton({ rows = 6, kind = 'people' }: Props) {
  const { t } = useLingui()
  return (
    <div className={styles.skeleton} data-kind={kind} role="status">
      <span className="hidden-visually">{t`Loading`}</span>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className={styles.row} aria-hidden="true">
          {kind === 'people' && <span className={styles.circle} />}
          <span className={styles.lines}>
            <span className={styles.line} style={{ inlineSize: `${WIDTHS[row % WIDTHS.length] ?? 50}%` }} />
            {kind !== 'table' && <span className={styles.box} style={{ inlineSize: kind === 'form' ? '100%' : `${(WIDTHS[(row + 3) % WIDTHS.length] ?? 50) + 20}%` }} />}
          </span>
        </div>
      ))}
    </div>
  )
}
