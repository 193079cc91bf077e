/** Messages a day as bars; for whoever does not see them a table says the same. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import type { ActivityDay } from '~/api/types'
import { day as dayName } from '~/lib/dates'
import { QueryState } from '~/shell/QueryState'
import { Skeleton } from '~/ui/Skeleton'
import { EmptyState } from '~/ui/State'
import { activity } from '../queries'
import styles from './overview.module.css'

const DAYS = 30
const DAY_MS = 86_400_000

/** Every day of the period, also those of which nothing is told: a bar stands where its day is. */
function lately(known: readonly ActivityDay[]) {
  const today = Math.max(Date.now(), ...known.map((one) => Date.parse(one.day)))
  return Array.from({ length: DAYS }, (_, place) => {
    const day = new Date(today - (DAYS - 1 - place) * DAY_MS).toISOString().slice(0, 10)
    return { day, of: known.find((one) => one.day === day) }
  })
}

export function ActivityChart() {
  const { t, i18n } = useLingui()
  const found = useQuery(activity())
  return (
    <QueryState of={found} skeleton={<Skeleton rows={3} />}>
      {({ days }) => {
        const bars = lately(days)
        const most = Math.max(1, ...days.map((one) => one.messages))
        const number = (count: number) => count.toLocaleString(i18n.locale)
        if (days.length === 0) return <EmptyState title={t`Nothing to count yet`}><Trans>Days on which fewer than five people wrote are left out.</Trans></EmptyState>
        return (
          <>
            <div className={styles.bars} aria-hidden="true">
              {bars.map(({ day, of }) => (
                <i key={day} title={of && `${dayName(day, i18n.locale)}: ${number(of.messages)}`} style={{ blockSize: of ? `${Math.max(2, (100 * of.messages) / most)}%` : 0 }} />
              ))}
            </div>
            <p className={styles.ends} aria-hidden="true">
              {[bars[0], bars.at(-1)].map((bar) => bar?.day ?? '').map((day) => <time key={day} dateTime={day}>{dayName(day, i18n.locale)}</time>)}
            </p>
            <p className={styles.most}><Trans>at most {number(most)} a day</Trans> · <Trans>Days on which fewer than five people wrote are left out.</Trans></p>
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
