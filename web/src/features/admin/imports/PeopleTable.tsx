/** Who is created, changed and moved, with what was there before; one outcome at a time when there are many. */
import { useLingui } from '@lingui/react/macro'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { rowsOf } from '~/api/client'
import type { ImportCounts, ImportFieldChange, ImportOutcome, ImportPerson } from '~/api/types'
import { untwisted } from '~/lib/bidi'
import { listOf } from '~/lib/lists'
import { useChoiceName, useFieldName, useFields } from '~/shell/fields'
import { Section } from '~/shell/Page'
import { QueryState } from '~/shell/QueryState'
import { Chip } from '~/ui/Chip'
import { Select } from '~/ui/Select'
import { Skeleton } from '~/ui/Skeleton'
import { Table } from '~/ui/Table'
import { ShowMore } from '../ShowMore'
import styles from './imports.module.css'
import { peopleOf } from './queries'
import { useFieldNames, useOutcomes } from './words'

const EVERYBODY = 'everybody'
/** What changes something comes first: that is what one looks for. */
const OUTCOMES = ['left', 'changed', 'moved', 'created', 'invited', 'unchanged'] as const satisfies readonly ImportOutcome[]

export function PeopleTable({ id, counts }: { id: string; counts: ImportCounts }) {
  const { t, i18n } = useLingui()
  const outcomes = useOutcomes()
  const there = OUTCOMES.filter((one) => (counts[one] ?? 0) > 0)
  const [outcome, setOutcome] = useState<string>(there[0] ?? EVERYBODY)
  const chosen = there.find((one) => one === outcome)
  const found = useInfiniteQuery(peopleOf(id, chosen))
  const choices = [
    ...there.map((one) => ({ id: String(one), label: `${outcomes[one].word} (${i18n.number(counts[one] ?? 0)})` })),
    { id: EVERYBODY, label: t`everybody` },
  ]
  if (there.length === 0) return null
  return (
    <Section title={t`People, one by one`} lead={t`Who is new, and what changes for whom.`}>
      <div className={styles.kind}>
        <Select label={t`What becomes of them`} choices={choices} value={chosen ?? EVERYBODY} onChange={setOutcome} />
      </div>
      <QueryState of={{ data: found.data, error: found.error, refetch: found.refetch }} skeleton={<Skeleton kind="table" />}>
        {(data) => <Rows rows={rowsOf<'/v1/imports/{import}/people'>(data)} />}
      </QueryState>
      <ShowMore of={found} />
    </Section>
  )
}

function Rows({ rows }: { rows: readonly ImportPerson[] }) {
  const { t } = useLingui()
  const outcomes = useOutcomes()
  return (
    <Table
      label={t`People, one by one`}
      rows={rows}
      rowKey={(one) => one.member_id ?? String(one.row)}
      columns={[
        { id: 'name', title: t`Name`, isHead: true, cell: (one) => untwisted(one.name) },
        { id: 'row', title: t`Row`, isNumber: true, cell: (one) => (one.row === 0 ? t`not in the list` : one.row) },
        { id: 'outcome', title: t`Outcome`, cell: (one) => <Chip tone={outcomes[one.outcome].tone}>{outcomes[one.outcome].word}</Chip> },
        { id: 'changes', title: t`What changes`, cell: (one) => <WhatChanges of={one} /> },
      ]}
    />
  )
}

/** Of somebody new it is where they will be, and what they lead there. */
function WhatChanges({ of }: { of: ImportPerson }) {
  const { i18n } = useLingui()
  const isNew = of.outcome === 'created' || of.outcome === 'invited'
  return (
    <>
      {(isNew || of.changes.length === 0) && <span className={styles.value}>{listOf(i18n.locale, of.departments) || '–'}</span>}
      {of.changes.length > 0 && <Changes changes={of.changes} />}
    </>
  )
}

function Changes({ changes }: { changes: readonly ImportFieldChange[] }) {
  const names = useFieldNames()
  const [own, nameOf, choiceOf] = [useFields(), useFieldName(), useChoiceName()]
  const fieldOf = (one: ImportFieldChange) => own.find(({ id }) => id === one.field_id)
  const name = (one: ImportFieldChange) => {
    const field = fieldOf(one)
    return field ? nameOf(field) : names[one.field]
  }
  // The choices of this field have no names of the organisation's.
  const shown = (one: ImportFieldChange, value: string | null | undefined) => {
    const field = fieldOf(one)
    return value && field?.built_in === 'gender' ? choiceOf(field, value) : value
  }
  return (
    <ul className={styles.changes}>
      {changes.map((one) => (
        <li key={`${one.field} ${one.field_id ?? ''}`}>
          <span className={styles.quiet}>{name(one)}</span> <BeforeAfter before={shown(one, one.before)} after={shown(one, one.after)} />
        </li>
      ))}
    </ul>
  )
}

/** What was there, struck out, and what will be. */
export function BeforeAfter({ before, after }: { before: string | null | undefined; after: string | null | undefined }) {
  const { t } = useLingui()
  return (
    <span className={styles.value}>
      <del><span className="hidden-visually">{t`before:`} </span>{untwisted(before ?? '–')}</del>
      <span aria-hidden="true"> → </span>
      <ins><span className="hidden-visually">{t`after:`} </span>{untwisted(after ?? '–')}</ins>
    </span>
  )
}
