/** How wide the columns are and how people are listed: as it was left on this device. */
import { create } from 'zustand'

export type Column = 'conversations' | 'navigation' | 'tree' | 'card' | 'panel'
export type PeopleLook = 'list' | 'cards'

/** In CSS pixels: as narrow and as wide as it may be, and as it is at first. */
export const COLUMNS: Readonly<Record<Column, { min: number; max: number; first: number }>> = {
  conversations: { min: 240, max: 480, first: 312 },
  navigation: { min: 160, max: 320, first: 200 },
  tree: { min: 200, max: 420, first: 252 },
  card: { min: 280, max: 480, first: 344 },
  panel: { min: 256, max: 440, first: 296 },
}

interface Layout {
  widths: Partial<Record<Column, number>>
  people: PeopleLook
}

const KEY = 'layout'
const AS_MADE: Layout = { widths: {}, people: 'list' }

function isColumn(name: string): name is Column {
  return name in COLUMNS
}

/** What was left, as far as it still makes sense. */
export function readLayout(text: string | null): Layout {
  let left: unknown
  try {
    left = JSON.parse(text ?? 'null')
  } catch {
    return AS_MADE
  }
  if (typeof left !== 'object' || left === null) return AS_MADE
  const widths: Layout['widths'] = {}
  const given = 'widths' in left && typeof left.widths === 'object' && left.widths !== null ? Object.entries(left.widths) : []
  for (const [name, width] of given) if (isColumn(name) && typeof width === 'number' && Number.isFinite(width)) widths[name] = within(name, width)
  return { widths, people: 'people' in left && left.people === 'cards' ? 'cards' : 'list' }
}

/** The width nearest to this one that the column may have. */
export function within(column: Column, width: number): number {
  const { min, max } = COLUMNS[column]
  return Math.round(Math.min(max, Math.max(min, width)))
}

function read(): Layout {
  try {
    return readLayout(localStorage.getItem(KEY))
  } catch {
    return AS_MADE
  }
}

const useLayout = create<Layout>(read)

/** Nothing is kept of a layout that is as it was made. */
function keep() {
  const { widths, people } = useLayout.getState()
  try {
    if (people === 'list' && Object.keys(widths).length === 0) localStorage.removeItem(KEY)
    else localStorage.setItem(KEY, JSON.stringify({ widths, people }))
  } catch {
    // A browser that keeps nothing still shows it as long as the page is open.
  }
}

export const useColumn = (column: Column): number => useLayout((state) => state.widths[column] ?? COLUMNS[column].first)

/** With `null` the column is as it was made. */
export function setColumn(column: Column, width: number | null) {
  const { [column]: _, ...others } = useLayout.getState().widths
  useLayout.setState({ widths: width === null || within(column, width) === COLUMNS[column].first ? others : { ...others, [column]: within(column, width) } })
  keep()
}

export const usePeopleLook = (): PeopleLook => useLayout((state) => state.people)

export function setPeopleLook(people: PeopleLook) {
  useLayout.setState({ people })
  keep()
}
