/** A table of any length: only what is in sight is drawn, under the height of the whole. What is not read yet keeps its place. */
import { defaultRangeExtractor, measureElement, useVirtualizer, type VirtualItem } from '@tanstack/react-virtual'
import { Fragment, type FocusEvent, type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { stepOf } from './steps'
import { type Column, TableHead, TableRow } from './Table'
import styles from './Table.module.css'

/** As wide as a table is a table; narrower it is cards. The same number stands in the style sheet. */
const CARDS_PX = 660
const HEAD_PX = 36
const CARD_GAP_PX = 10

interface Props<Row> {
  label: string
  columns: readonly Column<Row>[]
  /** As far as they were read; there may be gaps. */
  rows: readonly (Row | undefined)[]
  rowKey: (row: Row) => string
  /** Rows there are, read or not. */
  total: number
  /** About how high a row is, in pixels, until it was drawn once. */
  heights: { line: number; card: number }
  isBusy: boolean
  /** Told which places are drawn. */
  onDrawn: (from: number, to: number) => void
}

export function VirtualTable<Row>({ label, columns, rows, rowKey, total, heights, isBusy, onDrawn }: Props<Row>) {
  const wrap = useRef<HTMLDivElement>(null)
  const goal = useRef<number | null>(null)
  const [kept, setKept] = useState<string | null>(null)
  const { isCards, margin } = useLayoutOf(wrap)
  const height = isCards ? heights.card : heights.line
  const gap = isCards ? CARD_GAP_PX : 0
  const stays = kept === null ? -1 : rows.findIndex((row) => row !== undefined && rowKey(row) === kept)
  const virtual = useVirtualizer<HTMLElement, HTMLTableRowElement>({
    count: total,
    getScrollElement: () => scrollerOf(wrap.current),
    estimateSize: () => height,
    // Where nothing is laid out nothing has a height.
    measureElement: (element, entry, instance) => measureElement(element, entry, instance) || height,
    overscan: 10,
    gap,
    scrollMargin: margin,
    scrollPaddingStart: isCards ? 0 : HEAD_PX,
    // Whoever has the focus, or a dialog open, is not taken away when the list is scrolled.
    rangeExtractor: (range) => [...new Set([...defaultRangeExtractor(range), ...(stays < 0 || stays >= total ? [] : [stays])])].sort((a, b) => a - b),
  })
  const drawn = virtual.getVirtualItems()
  const { startIndex: from = 0, endIndex: to = 0 } = virtual.range ?? {}
  useEffect(() => onDrawn(Math.max(0, from - 10), Math.min(to + 20, total - 1)), [from, to, total, onDrawn])
  const before = useRef({ height, first: 0 })
  useLayoutEffect(() => {
    const { height: old, first } = before.current
    before.current = { height, first: old === height ? from : first }
    if (old === height) return
    // Whoever stood at the top stays there when rows are drawn another way.
    virtual.measure()
    if (first > 0) virtual.scrollToIndex(first, { align: 'start' })
  })

  /** Moves the focus there, once that row is read and drawn. */
  const arrive = () => {
    const there = goal.current === null ? null : wrap.current?.querySelector<HTMLElement>(`tr[data-index="${goal.current}"] :is(button, a[href])`)
    if (!there) return
    goal.current = null
    there.focus({ preventScroll: true })
  }
  useEffect(arrive)
  const press = (event: KeyboardEvent<HTMLElement>) => {
    // What is opened from a row stands elsewhere in the window and has keys of its own.
    if (!(event.target instanceof HTMLElement) || !event.currentTarget.contains(event.target)) return
    goal.current = null
    if (event.metaKey || event.ctrlKey || event.altKey || event.shiftKey || !/^(Home|End|Page)/.test(event.key)) return
    const next = stepOf(event.key, { here: placeOf(event.target), lanes: 1, total, page: Math.max(1, to - from - 1) })
    if (next === null) return
    event.preventDefault()
    goal.current = next
    virtual.scrollToIndex(next)
    arrive()
  }
  const keep = (event: FocusEvent<HTMLElement>) => {
    const row = event.currentTarget.contains(event.target) ? rows[placeOf(event.target)] : undefined
    if (row !== undefined) setKept(rowKey(row))
  }
  const end = margin + virtual.getTotalSize()
  return (
    <div ref={wrap} className={styles.wrap} data-virtual onKeyDown={press} onFocus={keep} role="presentation">
      <table className={styles.table} aria-label={label} aria-rowcount={total + 1} aria-busy={isBusy}>
        <colgroup>{columns.map((column) => <col key={column.id} style={{ inlineSize: column.width }} />)}</colgroup>
        <TableHead columns={columns} rowIndex={1} />
        <tbody>
          {drawn.map((place, at) => {
            const row = rows[place.index]
            return (
              <Fragment key={row === undefined ? place.index : rowKey(row)}>
                <Space of={place.start - endBefore(drawn, at, margin, gap)} span={columns.length} />
                <TableRow ref={virtual.measureElement} index={place.index} height={place.size} columns={columns} row={row} />
              </Fragment>
            )
          })}
          <Space of={end - (drawn.at(-1)?.end ?? margin)} span={columns.length} />
        </tbody>
      </table>
    </div>
  )
}

const scrollerOf = (inside: HTMLElement | null) => inside?.closest<HTMLElement>('[data-scroller]') ?? null
const placeOf = (inside: HTMLElement) => Number(inside.closest('tr')?.dataset['index'] ?? -1)
const endBefore = (drawn: readonly VirtualItem[], at: number, margin: number, gap: number) => {
  const above = drawn[at - 1]
  return above === undefined ? margin : above.end + gap
}

/** The room of those that are not drawn. */
function Space({ of, span }: { of: number; span: number }) {
  if (of < 1) return null
  return (
    <tr data-space aria-hidden="true">
      <td colSpan={span} aria-hidden="true" style={{ blockSize: of }} />
    </tr>
  )
}

/** Whether there is room for a table, and how far down in what scrolls its rows begin. */
function useLayoutOf(wrap: { readonly current: HTMLElement | null }) {
  const [layout, setLayout] = useState({ isCards: false, margin: 0 })
  useEffect(() => {
    const box = wrap.current
    const scroller = scrollerOf(box)
    const rows = box?.querySelector('tbody')
    if (!box || !scroller || !rows || typeof ResizeObserver === 'undefined') return
    const measure = () => {
      const margin = Math.round(rows.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop)
      const isCards = box.clientWidth <= CARDS_PX
      setLayout((before) => (before.margin === margin && before.isCards === isCards ? before : { isCards, margin }))
    }
    // What stands above takes more or less room: then all of it does.
    const watcher = new ResizeObserver(measure)
    for (const one of [box, box.parentElement]) if (one) watcher.observe(one)
    return () => watcher.disconnect()
  }, [wrap])
  return layout
}
