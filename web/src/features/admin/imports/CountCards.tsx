/** What an import does to how many; what is nought is left out. */
import { useLingui } from '@lingui/react/macro'
import type { ImportCounts } from '~/api/types'
import admin from '../admin.module.css'
import styles from './imports.module.css'

export function CountCards({ counts }: { counts: ImportCounts }) {
  const { t, i18n } = useLingui()
  const cards: [string, number][] = [
    [t`New people`, counts.created],
    [t`Will be invited`, counts.invited],
    [t`Change`, counts.changed],
    [t`Move`, counts.moved],
    [t`Stay as they are`, counts.unchanged],
    [t`Rows with something wrong`, counts.wrong],
    [t`Disabled, left out`, counts.disabled],
    [t`New departments`, counts.departments_created],
    [t`Departments that change`, counts.departments_changed],
  ]
  return (
    <dl className={styles.counts}>
      {cards.filter(([, count]) => count > 0).map(([label, count]) => (
        <div key={label} className={admin.card}>
          <dt>{label}</dt>
          <dd>{i18n.number(count)}</dd>
        </div>
      ))}
    </dl>
  )
}
