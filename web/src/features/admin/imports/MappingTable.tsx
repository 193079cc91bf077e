/** What each column of a list is. */
import { useLingui } from '@lingui/react/macro'
import type { ImportField, ImportList, ImportMapping } from '~/api/types'
import { Select } from '~/ui/Select'
import { Table } from '~/ui/Table'
import styles from './imports.module.css'
import { useFieldNames } from './words'

const NOT = 'not_imported'
const PEOPLE: readonly ImportField[] = ['name', 'user_id', 'phone', 'email', 'staff_number', 'position', 'departments', 'leads', 'is_disabled', 'status']
const DEPARTMENTS: readonly ImportField[] = ['name', 'department_id', 'parent_id', 'order']

interface Props {
  list: ImportList
  onChange: (mapping: ImportMapping) => void
}

export function MappingTable({ list, onChange }: Props) {
  const { t } = useLingui()
  const names = useFieldNames()
  const { mapping } = list
  const known = mapping.kind === 'people' ? PEOPLE : DEPARTMENTS
  const choices = [{ id: NOT, label: t`not imported` }, ...known.map((field) => ({ id: field, label: names[field] }))]
  const rows = list.columns.map((column, place) => ({ ...column, place, field: mapping.fields[place] ?? null }))
  const choose = (place: number, chosen: string) => {
    const field = known.find((one) => one === chosen) ?? null
    // A field has one column: who takes it takes it away from where it was.
    const fields = mapping.fields.map((own, at) => (at === place ? field : own === field ? null : own))
    onChange({ ...mapping, fields })
  }
  return (
    <Table
      label={mapping.kind === 'people' ? t`Columns of the list of people` : t`Columns of the list of departments`}
      rows={rows}
      rowKey={(row) => row.letter}
      columns={[
        { id: 'letter', title: t`Column`, isHead: true, cell: (row) => (row.title === '' ? row.letter : `${row.letter} · ${row.title}`) },
        { id: 'samples', title: t`For example`, cell: (row) => <span className={styles.value}>{row.samples.join(' · ') || '–'}</span> },
        {
          id: 'field',
          title: t`Is`,
          cell: (row) => (
            <Select label={t`What column ${row.letter} is`} isLabelHidden choices={choices} value={row.field ?? NOT} onChange={(chosen) => choose(row.place, chosen)} />
          ),
        },
      ]}
    />
  )
}
