/** Whether the database is what the data map says, by the look of the day (C12): in a line when it is, in red with each place when not. */
import { Trans, useLingui } from '@lingui/react/macro'
import { plural } from '@lingui/core/macro'
import { CircleCheck } from 'lucide-react'
import type { Drift, Drifts } from '~/api/types'
import { day, dayAndClock } from '~/lib/dates'
import { useOrganisationName } from '~/shell/session'
import { Banner } from '~/ui/Banner'
import { Icon } from '~/ui/Icon'
import { Table, type Column } from '~/ui/Table'
import styles from './dataMap.module.css'
import { useDriftWords } from './useDriftWords'

export function Reality({ of }: { of: Drifts }) {
  const { i18n } = useLingui()
  const at = typeof of.looked_at === 'string' ? dayAndClock(of.looked_at, i18n.locale) : null
  if (of.drifts.length > 0) return <Otherwise drifts={of.drifts} at={at ?? ''} />
  if (at === null) return <p className={styles.looked}><Trans>Nobody has compared this map with the database yet; that is done once a day.</Trans></p>
  if (of.is_overdue) {
    return (
      <div className={styles.alarm}>
        <Banner tone="warn"><Trans>The database was last compared with this map on {at}. That should happen every day: ask whoever runs this server.</Trans></Banner>
      </div>
    )
  }
  return (
    <p className={styles.looked}>
      <Icon icon={CircleCheck} size={16} />
      <span><Trans>The database is what this map says, as of {at}.</Trans></span>
    </p>
  )
}

function Otherwise({ drifts, at }: { drifts: readonly Drift[]; at: string }) {
  const { t, i18n } = useLingui()
  const { what } = useDriftWords()
  const organisation = useOrganisationName()
  const columns: Column<Drift>[] = [
    { id: 'place', title: t`Where`, isHead: true, cell: (one) => <code className={styles.code}>{one.place}</code> },
    { id: 'what', title: t`What is otherwise`, cell: what },
    { id: 'of', title: t`Whose`, cell: (one) => (one.of === 'organisation' ? organisation : t`everybody’s on this server`) },
    { id: 'since', title: t`Seen since`, isSlim: true, cell: (one) => day(one.first_at, i18n.locale) },
  ]
  return (
    <div className={styles.alarm}>
      <Banner tone="bad">
        <b>{plural(drifts.length, { one: '# place is not what this map says', other: '# places are not what this map says' })}</b>
        <p><Trans>Found by comparing the database on {at}. What stands there is shown to nobody; whoever runs this server mends it, and it goes from here with the next comparison.</Trans></p>
      </Banner>
      <Table label={t`Not as this map says`} rows={drifts} rowKey={(one) => `${one.of} ${one.place} ${one.kind}`} columns={columns} />
    </div>
  )
}
