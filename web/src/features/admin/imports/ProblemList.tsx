/** What is not right, by row and column; one kind at a time when there are many. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useInfiniteQuery } from '@tanstack/react-query'
import { type Ref, useState } from 'react'
import { rowsOf } from '~/api/client'
import type { ImportList, ImportProblem, ImportProblemCount, ImportSeverity } from '~/api/types'
import { untwisted } from '~/lib/bidi'
import { useFieldName, useFields } from '~/shell/fields'
import { Section } from '~/shell/Page'
import { QueryState } from '~/shell/QueryState'
import { Banner } from '~/ui/Banner'
import { Link } from '~/ui/Link'
import { Segmented } from '~/ui/Segmented'
import { Select } from '~/ui/Select'
import { Skeleton } from '~/ui/Skeleton'
import { Table } from '~/ui/Table'
import { ShowMore } from '../ShowMore'
import styles from './imports.module.css'
import { problemsOf } from './queries'
import { useFieldNames, useProblemNames } from './words'

const EVERY_KIND = 'every'

interface Props {
  /** Takes the focus of whoever comes to see what is wrong. */
  anchor: Ref<HTMLElement>
  id: string
  /** What says what the columns are. */
  lists: readonly ImportList[]
  counts: readonly ImportProblemCount[]
  severity: ImportSeverity
  onSeverity: (severity: ImportSeverity) => void
  /** Leads to where a second list is added. */
  onSecond: () => void
}

export function ProblemList({ anchor, id, lists, counts, severity, onSeverity, onSecond }: Props) {
  const { t, i18n } = useLingui()
  const nameOf = useProblemNames()
  const [chosen, setChosen] = useState(EVERY_KIND)
  const ofSeverity = counts.filter((one) => one.severity === severity)
  const code = ofSeverity.some((one) => one.code === chosen) ? chosen : EVERY_KIND
  const total = (of: ImportSeverity) => i18n.number(counts.filter((one) => one.severity === of).reduce((sum, one) => sum + one.count, 0))
  const [errors, warnings, notes] = [total('error'), total('warning'), total('note')]
  const found = useInfiniteQuery(problemsOf(id, severity, code === EVERY_KIND ? undefined : code))
  const kinds = [{ id: EVERY_KIND, label: t`Every kind` }, ...ofSeverity.map((one) => ({ id: one.code, label: `${nameOf(one.code)} (${i18n.number(one.count)})` }))]
  return (
    <Section anchor={anchor} title={t`By row and column`} lead={t`Correct these in your spreadsheet and upload it again, or leave the rows out.`}>
      <div className={styles.narrow}>
        <Segmented
          label={t`How bad`}
          value={severity}
          onChange={onSeverity}
          views={[{ id: 'error', label: t`Wrong (${errors})` }, { id: 'warning', label: t`To decide (${warnings})` }, { id: 'note', label: t`Good to know (${notes})` }]}
        />
        <div className={styles.kind}>
          <Select label={t`Kind`} isLabelHidden choices={kinds} value={code} onChange={setChosen} />
        </div>
      </div>
      {severity === 'error' && lacksDepartments(counts, lists) && (
        <div className={styles.said}>
          <Banner action={<Link onPress={onSecond}><Trans>Add the list of departments</Trans></Link>}>
            <Trans>Departments go by their IDs here. What they are called stands in the list of departments.</Trans>
          </Banner>
        </div>
      )}
      <QueryState of={{ data: found.data, error: found.error, refetch: found.refetch }} skeleton={<Skeleton kind="table" />}>
        {(data) => <ProblemTable rows={rowsOf<'/v1/imports/{import}/problems'>(data)} lists={lists} />}
      </QueryState>
      <ShowMore of={found} />
    </Section>
  )
}

/** Whether people are in departments of which only IDs are known, and the list that says more was not given. */
function lacksDepartments(counts: readonly ImportProblemCount[], lists: readonly ImportList[]): boolean {
  return counts.some((one) => one.code === 'department_unknown') && lists.every((one) => one.mapping.kind === 'people')
}

/** What a column is: its field, otherwise what its title says. */
function useColumnName(lists: readonly ImportList[]): (row: ImportProblem) => string {
  const names = useFieldNames()
  const [fields, nameOf] = [useFields(), useFieldName()]
  return (row) => {
    if (row.field && row.field !== 'own') return names[row.field]
    const list = lists.find((one) => one.mapping.kind === row.kind)
    const place = list?.columns.findIndex((one) => one.letter === row.column) ?? -1
    const field = fields.find(({ id }) => id === list?.mapping.own_fields?.[place])
    return (field ? nameOf(field) : untwisted(list?.columns[place]?.title ?? '')) || '–'
  }
}

function ProblemTable({ rows, lists }: { rows: readonly ImportProblem[]; lists: readonly ImportList[] }) {
  const { t } = useLingui()
  const nameOf = useProblemNames()
  const columnOf = useColumnName(lists)
  if (rows.length === 0) return <p className={styles.quiet}><Trans>Nothing of this kind.</Trans></p>
  const kind = (row: ImportProblem) => (row.kind === 'departments' ? t`Departments` : t`People`)
  return (
    <Table
      label={t`By row and column`}
      rows={rows}
      rowKey={(row) => `${row.kind} ${row.row} ${row.column ?? ''} ${row.code} ${row.other_row ?? ''} ${row.value ?? ''}`}
      columns={[
        { id: 'place', title: t`Place`, isHead: true, cell: (row) => `${row.column ?? ''}${row.row}` },
        { id: 'list', title: t`List`, cell: (row) => <span className={styles.short}>{kind(row)}</span> },
        { id: 'field', title: t`Column`, cell: columnOf },
        { id: 'problem', title: t`Problem`, cell: (row) => <Words text={nameOf(row.code, row.field)} other={row.other_row} whom={row.whom} /> },
        { id: 'value', title: t`Stands there`, cell: (row) => <span className={styles.value}>{row.value ?? '–'}</span> },
      ]}
    />
  )
}

function Words({ text, other, whom }: { text: string; other: number | null | undefined; whom: string | null | undefined }) {
  const name = untwisted(whom ?? '')
  if (name !== '') return <Trans>{text}: {name}</Trans>
  if (other === undefined || other === null) return text
  return <Trans>{text} (row {other})</Trans>
}
