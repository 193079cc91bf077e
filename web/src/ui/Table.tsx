/** Rows of the same kind. A real table where there is room; elsewhere, as on a phone, each row is a card, label left and value right. */
import type { ReactNode, Ref } from 'react'
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
  /** Its part of the width, where only some rows are drawn: those that are must not move the columns. */
  width?: string
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
        <TableHead columns={columns} />
        <tbody>
          {rows.map((row) => <TableRow key={rowKey(row)} columns={columns} row={row} isSelected={isSelected?.(row)} />)}
        </tbody>
      </table>
    </div>
  )
}

export function TableHead<Row>({ columns, rowIndex }: { columns: readonly Column<Row>[]; rowIndex?: number }) {
  return (
    <thead>
      <tr aria-rowindex={rowIndex}>
        {columns.map((column) => (
          <th key={column.id} scope="col" data-number={column.isNumber || undefined} data-slim={column.isSlim || undefined}>
            {column.isTitleHidden === true ? <span className="hidden-visually">{column.title}</span> : column.title}
          </th>
        ))}
      </tr>
    </thead>
  )
}

interface RowProps<Row> {
  ref?: Ref<HTMLTableRowElement>
  columns: readonly Column<Row>[]
  /** One that is not read yet keeps the place. */
  row: Row | undefined
  /** Which of all of them it is, where not all are drawn. */
  index?: number
  /** How high one is that is not read yet, in pixels. */
  height?: number
  isSelected?: boolean | undefined
}

export function TableRow<Row>({ ref, columns, row, index, height, isSelected }: RowProps<Row>) {
  const rowIndex = index === undefined ? undefined : index + 2
  if (row === undefined) {
    return (
      <tr data-index={index} aria-rowindex={rowIndex} aria-busy="true">
        <td colSpan={columns.length} aria-hidden="true" style={{ blockSize: height }}><span className={styles.blank} /></td>
      </tr>
    )
  }
  return (
    <tr ref={ref} data-index={index} aria-rowindex={rowIndex} data-selected={isSelected || undefined}>
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
  )
}
