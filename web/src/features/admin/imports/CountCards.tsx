/** What an import does to how many; what is nought is left out. */
import { useLingui } from '@lingui/react/macro'
import type { ImportCounts } from '~/api/types'
import { Link } from '~/ui/Link'
import admin from '../admin.module.css'
import styles from './imports.module.css'

interface Props {
  counts: ImportCounts
  /** Leads to what is wrong, where that is told on the same page. */
  onWrong?: () => void
}

export function CountCards({ counts, onWrong }: Props) {
  const { t, i18n } = useLingui()
  const cards: [string, number, (() => void)?][] = [
    [t`New people`, counts.created],
    [t`Will be invited`, counts.invited],
    [t`Change`, counts.changed],
    [t`Move`, counts.moved],
    [t`Leave with this import`, counts.left ?? 0],
    [t`Stay as they are`, counts.unchanged],
    [t`Rows with something wrong`, counts.wrong, onWrong],
    [t`Disabled, left out`, counts.disabled],
    [t`New departments`, counts.departments_created],
    [t`Departments that change`, counts.departments_changed],
  ]
  return (
    <dl className={styles.counts}>
      {cards.filter(([, count]) => count > 0).map(([label, count, onPress]) => (
        <div key={label} className={admin.card}>
          <dt>{label}</dt>
          <dd>{i18n.number(count)}</dd>
          {onPress && <dd className={styles.toWrong}><Link onPress={onPress}>{t`See what is wrong`}</Link></dd>}
        </div>
      ))}
    </dl>
  )
}
