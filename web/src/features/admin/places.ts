/** Where departments stand in the tree, and what it takes to put one somewhere else. */
import type { Department } from '~/api/types'
import { departmentOf, departmentsBelow, isDepartmentBelow } from '~/shell/members'

/** What `editDepartment` is told of a place; what is absent stays. */
export interface Where {
  parent_id?: string | null
  before?: string | null
}

/** The place before, after or inside another department; `null` when it would hang below itself. */
export function placeOf(all: readonly Department[], department: Department, position: 'before' | 'after' | 'on', other: string): Where | null {
  if (isDepartmentBelow(all, other, department.id)) return null
  if (position === 'on') return { parent_id: other, before: null }
  const parent = departmentOf(all, other)?.parent_id ?? null
  const siblings = departmentsBelow(all, parent).filter((one) => one.id !== department.id)
  const at = siblings.findIndex((one) => one.id === other)
  const before = position === 'before' ? other : (siblings[at + 1]?.id ?? null)
  return (department.parent_id ?? null) === parent ? { before } : { parent_id: parent, before }
}

/** One place up or down among its siblings; `null` at the end. */
export function stepOf(all: readonly Department[], department: Department, by: -1 | 1): Where | null {
  const siblings = departmentsBelow(all, department.parent_id ?? null)
  const at = siblings.findIndex((one) => one.id === department.id)
  if (siblings[at + by] === undefined) return null
  return { before: by === -1 ? (siblings[at - 1]?.id ?? null) : (siblings[at + 2]?.id ?? null) }
}

/** What puts a department back where it stands now, after it was moved to `where`. */
export function wayBack(all: readonly Department[], department: Department, where: Where): Where {
  const parent = department.parent_id ?? null
  const siblings = departmentsBelow(all, parent)
  const before = siblings[siblings.findIndex((one) => one.id === department.id) + 1]?.id ?? null
  return where.parent_id === undefined ? { before } : { parent_id: parent, before }
}
