/** What is different of a department than it was. */
import { useLingui } from '@lingui/react/macro'
import type { Department, DepartmentSees } from '~/api/types'
import { departmentPath, useMembersById } from '~/shell/members'
import { type ComparedLine, differing, type TheirLine } from '~/shell/TheirChanges'

export function useSeesNames(): Record<DepartmentSees, string> {
  const { t } = useLingui()
  return {
    inherit: t`As the department above`,
    everyone: t`Everyone who is not hidden`,
    own: t`Their own department and those named here`,
  }
}

/** `before` as one began with, `now` as it is. */
export function useDepartmentLines(all: readonly Department[], before: Department | undefined, now: Department | undefined): TheirLine[] {
  const { t, i18n } = useLingui()
  const sees = useSeesNames()
  const isOther = before?.revision !== now?.revision
  const people = useMembersById(isOther ? (now?.dotted_leader_ids ?? []) : [])
  if (!before || !now) return []
  const listed = (names: readonly string[]) => new Intl.ListFormat(i18n.locale).format(names)
  const yes = (is: boolean) => (is ? t`Yes` : t`No`)
  const path = (id: string | null | undefined) => (id ? departmentPath(all, id).join(' / ') : t`The organisation itself`)
  const [was, is] = [before.sight, now.sight]
  const lines: ComparedLine[] = [
    { id: 'name', label: t({ message: 'Name', context: 'of a thing' }), was: before.name, is: now.name, value: now.name },
    { id: 'parent', label: t`Below`, was: before.parent_id ?? null, is: now.parent_id ?? null, value: path(now.parent_id) },
    { id: 'dotted', label: t`Led from outside by`, was: before.dotted_leader_ids, is: now.dotted_leader_ids, value: listed(now.dotted_leader_ids.map((id) => people.get(id)?.name ?? '…')) },
    { id: 'hidden', label: t`Hidden`, was: was?.is_hidden, is: is?.is_hidden, value: yes(is?.is_hidden === true) },
    { id: 'sees', label: t`Its people see`, was: [was?.sees, was?.also], is: [is?.sees, is?.also], value: is ? listed([sees[is.sees], ...(is.sees === 'own' ? is.also.map(path) : [])]) : '' },
    { id: 'archived', label: t`Archived`, was: before.is_archived, is: now.is_archived, value: yes(now.is_archived) },
  ]
  return differing(lines)
}
