/** What the dialog of a department says, what of it was changed, and what takes that back. */
import type { Department, DepartmentChange, DepartmentSees } from '~/api/types'
import { wayBack } from './places'

const SEES: DepartmentSees = 'inherit'

export const valuesOf = (department: Department | undefined, parent: string | undefined) => ({
  name: department?.name ?? '',
  /** None is the organisation itself. */
  parent: department?.parent_id ?? parent ?? null,
  dotted: department?.dotted_leader_ids ?? [],
  is_hidden: department?.sight?.is_hidden ?? false,
  sees: department?.sight?.sees ?? SEES,
  also: department?.sight?.also ?? [],
})

export type DepartmentValues = ReturnType<typeof valuesOf>

/** What was not touched is in neither: it stays as another one may have left it. */
export function editOf(all: readonly Department[], department: Department, was: DepartmentValues, now: DepartmentValues): { change: DepartmentChange; back: DepartmentChange } {
  const change: DepartmentChange = {}
  const back: DepartmentChange = {}
  const name = now.name.trim()
  if (name !== was.name) {
    change.name = name
    back.name = was.name
  }
  if (now.parent !== was.parent) {
    change.parent_id = now.parent
    Object.assign(back, wayBack(all, department, { parent_id: change.parent_id }))
  }
  if (now.dotted.join() !== was.dotted.join()) {
    change.dotted_leader_ids = now.dotted
    back.dotted_leader_ids = was.dotted
  }
  if (now.is_hidden !== was.is_hidden || now.sees !== was.sees || now.also.join() !== was.also.join()) {
    Object.assign(change, { is_hidden: now.is_hidden, sees: now.sees, sees_also: now.sees === 'own' ? now.also : [] })
    Object.assign(back, { is_hidden: was.is_hidden, sees: was.sees, sees_also: was.also })
  }
  return { change, back }
}
