/** What an import does to how many, or did; what is nought is left out. */
import { useLingui } from '@lingui/react/macro'
import type { ImportCounts } from '~/api/types'
import { Link } from '~/ui/Link'
import admin from '../admin.module.css'
import styles from './imports.module.css'

interface Props {
  counts: ImportCounts
  /** Leads to what is wrong, where that is told on the same page. */
  onWrong?: () => void
  /** Whether it has happened. */
  isWritten?: boolean
}

export function CountCards({ counts, onWrong, isWritten = false }: Props) {
  const { t, i18n } = useLingui()
  const cards: [string, number, (() => void)?][] = [
    [t`New people`, counts.created],
    [isWritten ? t`Invited` : t`Will be invited`, counts.invited],
    [t`Change`, counts.changed],
    [t`Move`, counts.moved],
    [isWritten ? t`Left with this import` : t`Leave with this import`, counts.left ?? 0],
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
