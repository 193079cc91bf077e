/** The departments an import makes, renames, hangs elsewhere or puts into another order. */
import { useLingui } from '@lingui/react/macro'
import { useInfiniteQuery } from '@tanstack/react-query'
import { rowsOf } from '~/api/client'
import type { ImportDepartment } from '~/api/types'
import { untwisted } from '~/lib/bidi'
import { Section } from '~/shell/Page'
import { QueryState } from '~/shell/QueryState'
import { Chip } from '~/ui/Chip'
import { Skeleton } from '~/ui/Skeleton'
import { Table } from '~/ui/Table'
import { BeforeAfter } from './PeopleTable'
import { ShowMore } from '../ShowMore'
import { departmentsOf } from './queries'
import { useOutcomes } from './words'

export function DepartmentsTable({ id }: { id: string }) {
  const { t } = useLingui()
  const found = useInfiniteQuery(departmentsOf(id))
  return (
    <Section title={t`Departments, one by one`}>
      <QueryState of={{ data: found.data, error: found.error, refetch: found.refetch }} skeleton={<Skeleton kind="table" />}>
        {(data) => <Rows rows={rowsOf<'/v1/imports/{import}/departments'>(data)} />}
      </QueryState>
      <ShowMore of={found} />
    </Section>
  )
}

function Rows({ rows }: { rows: readonly ImportDepartment[] }) {
  const { t, i18n } = useLingui()
  const outcomes = useOutcomes()
  const isNew = (one: ImportDepartment) => one.before === undefined || one.before === null
  return (
    <Table
      label={t`Departments, one by one`}
      rows={rows}
      rowKey={(one) => `${one.row} ${one.after}`}
      columns={[
        { id: 'name', title: t`Department`, isHead: true, cell: (one) => (isNew(one) || one.before === one.after ? untwisted(one.after) : <BeforeAfter before={one.before} after={one.after} />) },
        {
          id: 'place',
          title: t`Place among its neighbours`,
          cell: ({ place }) => (place ? <BeforeAfter before={i18n.number(place.before)} after={i18n.number(place.after)} /> : '–'),
        },
        { id: 'row', title: t`Row`, isNumber: true, cell: (one) => one.row },
        {
          id: 'outcome',
          title: t`Outcome`,
          cell: (one) => {
            const { tone, word } = outcomes[isNew(one) ? 'created' : 'changed']
            return <Chip tone={tone}>{word}</Chip>
          },
        },
      ]}
    />
  )
}
