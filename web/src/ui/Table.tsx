/** Rows of the same kind. A real table where there is room; elsewhere, as on a phone, each row is a card, label left and value right. */
import type { ReactNode } from 'react'
import styles from './Table.module.css'

export interface Column<Row> {
  id: string
  title: string
  cell: (row: Row) => ReactNode
  isNumber?: boolean
  /** The column that names the row; shown as the head of its card on a phone. */
  isHead?: boolean
  /** Where there is room it takes what it needs and no more; the others share the rest. */
  isSlim?: boolean
  /** A word of ours, never broken: a narrow column would set the characters of a Chinese one below each other. */
  isWord?: boolean
  /** Its title is only read out, for columns of buttons. */
  isTitleHidden?: boolean
}

interface Props<Row> {
  label: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  isSelected?: (row: Row) => boolean
}

export function Table<Row>({ label, columns, rows, rowKey, isSelected }: Props<Row>) {
  return (
    <div className={styles.wrap}>
      <table className={styles.table} aria-label={label}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.id} scope="col" data-number={column.isNumber || undefined} data-slim={column.isSlim || undefined}>
                {column.isTitleHidden === true ? <span className="hidden-visually">{column.title}</span> : column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} data-selected={isSelected?.(row) || undefined}>
              {columns.map((column) =>
                column.isHead === true ? (
                  <th key={column.id} scope="row">{column.cell(row)}</th>
                ) : (
                  <td
                    key={column.id}
                    data-label={column.isTitleHidden === true ? undefined : column.title}
                    data-number={column.isNumber || undefined}
                    data-slim={column.isSlim || undefined}
                    data-word={column.isWord || undefined}
                  >
                    {column.cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
