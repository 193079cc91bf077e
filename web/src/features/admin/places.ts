/** Where departments stand in the tree, and what it takes to put one somewhere else. */
import type { Department } from '~/api/types'

/** What `editDepartment` is told of a place; what is absent stays. */
export interface Where {
  parent_id?: string | null
  before?: string | null
}

/** Those below `parent`, in their order. Whose parent one does not see stands at the top. */
export function siblingsOf(all: readonly Department[], parent: string | null): Department[] {
  const known = new Set(all.map((one) => one.id))
  const above = (one: Department) => (typeof one.parent_id === 'string' && known.has(one.parent_id) ? one.parent_id : null)
  return all.filter((one) => above(one) === parent).sort((a, b) => a.position - b.position)
}

export function isBelow(all: readonly Department[], id: string, top: string): boolean {
  const parent = all.find((one) => one.id === id)?.parent_id
  return id === top || (typeof parent === 'string' && isBelow(all, parent, top))
}

/** The place before, after or inside another department; `null` when it would hang below itself. */
export function placeOf(all: readonly Department[], department: Department, position: 'before' | 'after' | 'on', other: string): Where | null {
  if (isBelow(all, other, department.id)) return null
  if (position === 'on') return { parent_id: other, before: null }
  const parent = all.find((one) => one.id === other)?.parent_id ?? null
  const siblings = siblingsOf(all, parent).filter((one) => one.id !== department.id)
  const at = siblings.findIndex((one) => one.id === other)
  const before = position === 'before' ? other : (siblings[at + 1]?.id ?? null)
  return (department.parent_id ?? null) === parent ? { before } : { parent_id: parent, before }
}

/** One place up or down among its siblings; `null` at the end. */
export function stepOf(all: readonly Department[], department: Department, by: -1 | 1): Where | null {
  const siblings = siblingsOf(all, department.parent_id ?? null)
  const at = siblings.findIndex((one) => one.id === department.id)
  if (siblings[at + by] === undefined) return null
  return { before: by === -1 ? (siblings[at - 1]?.id ?? null) : (siblings[at + 2]?.id ?? null) }
}
