/** What each column of a list is. */
import { useLingui } from '@lingui/react/macro'
import type { BuiltInField, Field, ImportField, ImportList, ImportMapping } from '~/api/types'
import { isWrittenByAdministrators, useFieldName, useFields } from '~/shell/fields'
import { Select } from '~/ui/Select'
import { Table } from '~/ui/Table'
import styles from './imports.module.css'
import { useFieldNames } from './words'

const NOT = 'not_imported'
const PEOPLE: readonly ImportField[] = ['name', 'user_id', 'phone', 'email', 'staff_number', 'position', 'departments', 'leads', 'is_disabled', 'status']
const DEPARTMENTS: readonly ImportField[] = ['name', 'path', 'department_id', 'parent_id', 'order', 'leaders']

/** Built-in fields that are chosen like those of the organisation's own making, where administrators fill them in. */
const BUILT_IN: readonly BuiltInField[] = ['post', 'signature', 'birthday', 'gender', 'work_address', 'remark']
const isChosenById = (field: Field) =>
  field.built_in ? BUILT_IN.includes(field.built_in) && isWrittenByAdministrators(field) : field.kind !== 'picture'

interface Props {
  list: ImportList
  onChange: (mapping: ImportMapping) => void
}

export function MappingTable({ list, onChange }: Props) {
  const { t } = useLingui()
  const names = useFieldNames()
  const { mapping } = list
  const known = mapping.kind === 'people' ? PEOPLE : DEPARTMENTS
  const nameOf = useFieldName()
  const own = useFields().filter((field) => mapping.kind === 'people' && isChosenById(field))
  const choices = [
    { id: NOT, label: t`not imported` },
    ...known.map((field) => ({ id: String(field), label: names[field] })),
    ...own.map((field) => ({ id: field.id, label: nameOf(field) })),
  ]
  const rows = list.columns.map((column, place) => ({ ...column, place, chosen: mapping.fields[place] ?? mapping.own_fields?.[place] ?? NOT }))
  const choose = (place: number, chosen: string) => {
    const field = known.find((one) => one === chosen) ?? null
    const ownField = own.find((one) => one.id === chosen)?.id ?? null
    // A field has one column: who takes it takes it away from where it was.
    const fields = mapping.fields.map((was, at) => (at === place ? field : was === field ? null : was))
    const own_fields = mapping.fields.map((_, at) => {
      const was = mapping.own_fields?.[at] ?? null
      return at === place ? ownField : was === ownField ? null : was
    })
    onChange({ ...mapping, fields, own_fields })
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
            <Select
              label={t`What column ${row.letter} is`}
              isLabelHidden
              choices={choices}
              value={row.chosen}
              onChange={(chosen) => choose(row.place, chosen)}
              description={row.is_supervisor === true && row.chosen === NOT ? t`Tulou keeps who leads a department, not whom each person reports to. To bring this in, first make a field for people with this title.` : undefined}
            />
          ),
        },
      ]}
    />
  )
}
