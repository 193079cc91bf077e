/** Whose data is frozen, with the day on which to look again (DSR-04). */
import { Trans, useLingui } from '@lingui/react/macro'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { rowsOf } from '~/api/client'
import type { Restriction } from '~/api/types'
import { isolated } from '~/lib/bidi'
import { day } from '~/lib/dates'
import { MemberName } from '~/shell/MemberName'
import { useMembersById } from '~/shell/members'
import { Section } from '~/shell/Page'
import { useReasons } from '~/shell/restrictions'
import { Button } from '~/ui/Button'
import { Chip } from '~/ui/Chip'
import { Table } from '~/ui/Table'
import { UnfreezeDialog } from '../people/FreezeDialog'
import { restrictions } from '../queries'
import { ShowMore } from '../ShowMore'

/** Nothing where there is none: the page is about requests. */
export function FrozenList() {
  const { t, i18n } = useLingui()
  const reasons = useReasons()
  const found = useInfiniteQuery(restrictions())
  const rows = rowsOf<'/v1/restrictions'>(found.data)
  const people = useMembersById(rows.map((row) => row.member_id))
  const [opened, setOpened] = useState<Restriction | null>(null)
  const [now] = useState(() => Date.now())
  if (rows.length === 0) return null
  const nameOf = (row: Restriction) => isolated(people.get(row.member_id)?.name ?? t`Somebody`)
  return (
    <Section title={t`Frozen data`} lead={t`Kept and not used otherwise, at the word of whoever it is about. It ends by no time of its own.`}>
      <Table
        label={t`Frozen data`}
        rows={rows}
        rowKey={(row) => row.id}
        columns={[
          { id: 'who', title: t`Who`, isHead: true, cell: (row) => <MemberName id={row.member_id} people={people} otherwise="–" /> },
          { id: 'why', title: t`Reason`, cell: (row) => reasons[row.reason] },
          { id: 'since', isSlim: true, title: t`Since`, cell: (row) => <time dateTime={row.since}>{day(row.since, i18n.locale)}</time> },
          { id: 'review', isSlim: true, title: t`Look again by`, cell: (row) => (row.lifts_at ? <Chip tone="info"><Trans>ends {day(row.lifts_at, i18n.locale)}</Trans></Chip> : <Chip tone={Date.parse(row.review_at) <= now ? 'warn' : 'plain'}>{day(row.review_at, i18n.locale)}</Chip>) },
          { id: 'act', isSlim: true, title: t`Actions`, isTitleHidden: true, isNumber: true, cell: (row) => people.get(row.member_id)?.can.restrict === true && !row.lifts_at && <Button size="s" aria-label={t`Unfreeze the data of ${nameOf(row)}`} onPress={() => setOpened(row)}><Trans>Unfreeze …</Trans></Button> },
        ]}
      />
      <ShowMore of={found} />
      {opened !== null && <UnfreezeDialog member={{ id: opened.member_id, name: nameOf(opened), state: people.get(opened.member_id)?.state }} onClose={() => setOpened(null)} />}
    </Section>
  )
}
