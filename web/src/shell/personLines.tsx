/** What is different of a person than it was. */
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import type { BuiltInField, Member } from '~/api/types'
import { FieldShown } from './FieldShown'
import { useFieldName, useFields, wholeDay } from './fields'
import { departments } from './members'
import type { TheirLine } from './TheirChanges'

const TEXTS = ['user_id', 'staff_number', 'phone', 'email', 'position', 'signature'] as const satisfies readonly BuiltInField[]

/** `before` as one began with, `now` as it is. */
export function usePersonLines(before: Member | undefined, now: Member | null): TheirLine[] {
  const { t, i18n } = useLingui()
  const tree = useQuery(departments()).data?.items ?? []
  const fields = useFields()
  const nameOf = useFieldName()
  const roles = { owner: t`Owner`, administrator: t`Administrator`, member: t`Member` }
  const places = (ids: readonly string[]) => new Intl.ListFormat(i18n.locale).format(ids.flatMap((id) => tree.find((one) => one.id === id)?.name ?? []))
  const lines: TheirLine[] = []
  if (!before || !now) return lines
  if (now.name !== before.name) lines.push({ id: 'name', label: t`Name`, value: now.name })
  for (const field of TEXTS) {
    if ((now[field] ?? '') !== (before[field] ?? '')) lines.push({ id: field, label: nameOf({ built_in: field, names: {} }), value: now[field] ?? '' })
  }
  if ((now.birthday ?? '') !== (before.birthday ?? '')) lines.push({ id: 'birthday', label: nameOf({ built_in: 'birthday', names: {} }), value: now.birthday ? wholeDay(now.birthday, i18n.locale) : '' })
  for (const field of fields) {
    const [is, was] = [now, before].map((of) => of.values.find((one) => one.field_id === field.id))
    if (is?.value !== was?.value) lines.push({ id: field.id, label: nameOf(field), value: is ? <FieldShown member={now} field={field} value={is} /> : '' })
  }
  if (now.role !== before.role) lines.push({ id: 'role', label: t`Role`, value: roles[now.role] })
  if (now.department_ids.join() !== before.department_ids.join()) lines.push({ id: 'departments', label: t`Departments`, value: places(now.department_ids) })
  if ([...now.leads].sort().join() !== [...before.leads].sort().join()) lines.push({ id: 'leads', label: t`Leads`, value: places(now.leads) })
  if ((now.is_hidden ?? false) !== (before.is_hidden ?? false)) lines.push({ id: 'hidden', label: t`Hidden`, value: now.is_hidden ? t`Yes` : t`No` })
  return lines
}
