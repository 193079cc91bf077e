/** Who looked at what is masked of me. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useInfiniteQuery } from '@tanstack/react-query'
import { rowsOf } from '~/api/client'
import { dayAndClock } from '~/lib/dates'
import { useFieldName, useFields } from '~/shell/fields'
import { MemberName } from '~/shell/MemberName'
import { useMembersById } from '~/shell/members'
import { Section } from '~/shell/Page'
import { Button } from '~/ui/Button'
import { Table } from '~/ui/Table'
import { reveals } from './queries'

export function Reveals() {
  const { t, i18n } = useLingui()
  const found = useInfiniteQuery(reveals())
  const rows = rowsOf<'/v1/me/reveals'>(found.data)
  const people = useMembersById(rows.map((row) => row.revealed_by))
  const fields = useFields()
  const nameOf = useFieldName()
  const field = (id: string) => {
    const found = fields.find((one) => one.id === id)
    return found ? nameOf(found) : t`A field that is gone`
  }
  if (rows.length === 0) return null
  return (
    <Section title={t`Who looked at what is masked`} lead={t`Kept for 180 days.`}>
      <Table
        label={t`Who looked at what is masked`}
        rows={rows}
        rowKey={(row) => row.id}
        columns={[
          { id: 'who', title: t`Who`, isHead: true, cell: (row) => <MemberName id={row.revealed_by} people={people} otherwise="–" /> },
          { id: 'what', title: t`Field`, cell: (row) => field(row.field_id) },
          { id: 'at', title: t`Time`, cell: (row) => <time dateTime={row.revealed_at}>{dayAndClock(row.revealed_at, i18n.locale)}</time> },
        ]}
      />
      {found.hasNextPage && <Button isPending={found.isFetchingNextPage} onPress={() => void found.fetchNextPage()}><Trans>Show more</Trans></Button>}
    </Section>
  )
}
