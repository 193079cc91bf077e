/** The drawing of the data map: about whom → for which part of the program → where it stands → who gets it. */
import type { Drift, Flow } from '~/api/types'

export type DiagramColumn = 'subject' | 'function' | 'place' | 'recipient'
export const COLUMNS: readonly DiagramColumn[] = ['subject', 'function', 'place', 'recipient']

/** Whoever belongs to the organisation: what is sent nowhere stays with them. */
export const OURSELVES = 'recipient:'

export interface DiagramNode {
  id: string
  column: DiagramColumn
  /** What it is of: an id or a word of the map. */
  of: string
  flows: number
  isSensitive: boolean
  /** Where it stands in the drawing, in its rows. */
  y: number
}

export interface DiagramLine {
  id: string
  /** Between which columns, from this one to the next. */
  column: number
  from: number
  to: number
  isOut: boolean
  isChosen: boolean
}

/** The nodes a flow goes through, one in each column. */
export function nodesOf(flow: Flow): string[] {
  return [`subject:${flow.subject}`, `function:${flow.function}`, `place:${flow.place_kind}`, `recipient:${flow.recipient ?? ''}`]
}

export function diagramOf(flows: readonly Flow[], chosen: string | undefined) {
  const nodes = COLUMNS.map((column, n) => columnOf(column, n, flows))
  const rows = Math.max(1, ...nodes.map((column) => column.length))
  const placed = nodes.map((column) => column.map((node, n) => ({ ...node, y: ((n + 0.5) * rows) / column.length })))
  const heights = new Map(placed.flat().map((node) => [node.id, node.y]))
  const lines = new Map<string, DiagramLine>()
  for (const flow of flows) {
    const way = nodesOf(flow)
    const isChosen = chosen !== undefined && way.includes(chosen)
    for (const [column, from] of way.slice(0, -1).entries()) {
      const to = way[column + 1] ?? ''
      const id = `${from} ${to}`
      const known = lines.get(id)
      if (known) known.isChosen ||= isChosen
      else lines.set(id, { id, column, from: heights.get(from) ?? 0, to: heights.get(to) ?? 0, isOut: column === 2 && to !== OURSELVES, isChosen })
    }
  }
  // Those that are chosen are drawn last, above the others.
  return { rows, nodes: placed, lines: [...lines.values()].sort((a, b) => Number(a.isChosen) - Number(b.isChosen)) }
}

function columnOf(column: DiagramColumn, n: number, flows: readonly Flow[]): DiagramNode[] {
  const nodes = new Map<string, DiagramNode>()
  for (const flow of flows) {
    const id = nodesOf(flow)[n] ?? ''
    const node = nodes.get(id) ?? { id, column, of: id.slice(column.length + 1), flows: 0, isSensitive: false, y: 0 }
    nodes.set(id, { ...node, flows: node.flows + 1, isSensitive: node.isSensitive || flow.is_sensitive })
  }
  return [...nodes.values()]
}

/** How many places at a node are not what the map says: of a part of the program those in its tables, of the database all. */
export function driftsAt({ column, of }: Pick<DiagramNode, 'column' | 'of'>, flows: readonly Flow[], drifts: readonly Drift[]): number {
  if (column === 'place') return of === 'table' ? drifts.length : 0
  if (column !== 'function') return 0
  const tables = new Set(flows.filter((flow) => flow.function === of).map((flow) => flow.place))
  return drifts.filter((drift) => tables.has(drift.table)).length
}
