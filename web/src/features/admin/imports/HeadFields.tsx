/** Which sheet of the file is read, and which of its rows has the titles. */
import { useLingui } from '@lingui/react/macro'
import type { ImportList, ImportMapping } from '~/api/types'
import { Select } from '~/ui/Select'
import styles from './imports.module.css'

interface Props {
  list: ImportList
  onChange: (mapping: ImportMapping) => void
}

/** Where a list has no titles; no row has this number. */
const NONE = -1

export function HeadFields({ list, onChange }: Props) {
  const { t } = useLingui()
  const { mapping } = list
  const sheets = (list.sheets ?? []).map((name, place) => {
    const number = place + 1
    return { id: String(place), label: name === '' ? t`Sheet ${number}` : name }
  })
  const head = list.head ?? []
  const rows = head.map((one) => {
    const texts = one.cells.filter((cell) => cell !== '').join(' · ')
    return { id: String(one.row), label: t`Row ${one.row}: ${texts}` }
  })
  // Explanations may be long: the row in force is there also when it is not among the first.
  const titles = mapping.header_row ?? NONE
  const isListed = titles === NONE || head.some((one) => one.row === titles)
  const none = { id: String(NONE), label: t`None: the list begins at once` }
  const choices = isListed ? [...rows, none] : [...rows, { id: String(titles), label: t`Row ${titles}` }, none]
  // What the columns are is guessed anew from other titles.
  const again = (changed: Partial<ImportMapping>) => onChange({ ...mapping, fields: [], own_fields: [], ...changed })
  return (
    <div className={styles.paths}>
      {sheets.length > 1 && <Select label={t`Sheet`} choices={sheets} value={String(mapping.sheet)} onChange={(place) => again({ sheet: Number(place), header_row: 0 })} />}
      <Select label={t`Row with the titles`} choices={choices} value={String(titles)} onChange={(row) => again({ header_row: Number(row) === NONE ? null : Number(row) })} />
    </div>
  )
}
