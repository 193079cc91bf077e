/** Messages a day as bars; for whoever does not see them a table says the same. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { day as dayName } from '~/lib/dates'
import { QueryState } from '~/shell/QueryState'
import { Skeleton } from '~/ui/Skeleton'
import { EmptyState } from '~/ui/State'
import { activity } from '../queries'
import styles from './overview.module.css'

export function ActivityChart() {
  const { t, i18n } = useLingui()
  const found = useQuery(activity())
  return (
    <QueryState of={found} skeleton={<Skeleton rows={3} />}>
      {({ days }) => {
        const most = Math.max(1, ...days.map((one) => one.messages))
        const number = (count: number) => count.toLocaleString(i18n.locale)
        if (days.length === 0) return <EmptyState title={t`Nothing to count yet`}><Trans>Days on which fewer than five people wrote are left out.</Trans></EmptyState>
        return (
          <>
            <div className={styles.bars} aria-hidden="true">
              {days.map((one) => (
                <i key={one.day} title={`${dayName(one.day, i18n.locale)}: ${number(one.messages)}`} style={{ blockSize: `${Math.max(2, (100 * one.messages) / most)}%` }} />
              ))}
            </div>
            <p className={styles.most} aria-hidden="true"><Trans>at most {number(most)} a day</Trans></p>
            <table className="hidden-visually">
              <caption><Trans>Messages a day</Trans></caption>
              <thead><tr><th scope="col"><Trans>Day</Trans></th><th scope="col"><Trans>Messages</Trans></th><th scope="col"><Trans>People who wrote</Trans></th></tr></thead>
              <tbody>
                {days.map((one) => (
                  <tr key={one.day}><th scope="row">{dayName(one.day, i18n.locale)}</th><td>{number(one.messages)}</td><td>{number(one.people)}</td></tr>
                ))}
              </tbody>
            </table>
          </>
        )
      }}
    </QueryState>
  )
}
