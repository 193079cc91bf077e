/** The departments of the chart as they are opened, and where a key leads among them. Pure. */
import type { Department } from '~/api/types'
import { departmentOf, departmentsBelow } from '~/shell/members'

/** The organisation itself: what everything hangs below. */
export const WHOLE = 'all'
/** More beside each other nobody takes in at a glance; the others come when they are asked for. */
const BESIDE = 40
const MORE = 'more:'

export interface Branch {
  id: string
  /** None of the organisation itself, nor of the line that stands for those that are not drawn yet. */
  department: Department | undefined
  /** From 1. */
  level: number
  parent: string | undefined
  hasBelow: boolean
  isOpen: boolean
  below: readonly Branch[]
  /** How many are not drawn yet; of the line that stands for them. */
  rest: number
}

/** What is opened, and of which branch more than the usual number is drawn. */
export interface View {
  open: ReadonlySet<string>
  drawn: ReadonlyMap<string, number>
}

export const usual: View = { open: new Set([WHOLE]), drawn: new Map() }

export function branchOf(all: readonly Department[], view: View, id = WHOLE, level = 1, parent?: string): Branch {
  const inUse = departmentsBelow(all, id === WHOLE ? null : id).filter((one) => !one.is_archived)
  const isOpen = view.open.has(id) && inUse.length > 0
  const few = isOpen ? inUse.slice(0, view.drawn.get(id) ?? BESIDE) : []
  const below = few.map((one) => branchOf(all, view, one.id, level + 1, id))
  const rest = isOpen ? inUse.length - few.length : 0
  if (rest > 0) below.push({ id: `${MORE}${id}`, department: undefined, level: level + 1, parent: id, hasBelow: false, isOpen: false, below: [], rest })
  return { id, department: departmentOf(all, id), level, parent, hasBelow: inUse.length > 0, isOpen, below, rest: 0 }
}

/** All that are to be seen, from the top down. */
export const linesOf = (branch: Branch): Branch[] => [branch, ...branch.below.flatMap(linesOf)]

/** Opened, or closed. */
export function toggled(view: View, id: string): View {
  const open = new Set(view.open)
  if (!open.delete(id)) open.add(id)
  return { ...view, open }
}

/** With more of those that the line `id` stands for. */
export function withMore(view: View, id: string): View {
  const of = id.slice(MORE.length)
  return { ...view, drawn: new Map(view.drawn).set(of, (view.drawn.get(of) ?? BESIDE) + BESIDE) }
}

export type Step = { go: string } | { toggle: string } | null

/** As in every tree: right opens and goes in, left closes and goes out. */
export function stepOf(lines: readonly Branch[], here: string, key: string): Step {
  const at = lines.findIndex((one) => one.id === here)
  const one = lines[at]
  if (!one) return null
  const go = (branch: Branch | undefined): Step => (branch ? { go: branch.id } : null)
  switch (key) {
    case 'ArrowDown':
      return go(lines[at + 1])
    case 'ArrowUp':
      return go(lines[at - 1])
    case 'Home':
      return go(lines[0])
    case 'End':
      return go(lines.at(-1))
    case 'ArrowRight':
      return one.isOpen ? go(one.below[0]) : one.hasBelow ? { toggle: one.id } : null
    case 'ArrowLeft':
      return one.isOpen ? { toggle: one.id } : go(lines.find((other) => other.id === one.parent))
    default:
      return null
  }
}
