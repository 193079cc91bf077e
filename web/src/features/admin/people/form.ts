/** What the form of a person holds, and what of it is sent. */
import type { Member, MemberChange, Role } from '~/api/types'
import { changedTexts, textsOf } from '~/shell/fields'

const ROLE: Role = 'member'

export const valuesOf = (member: Member | undefined) => ({
  name: member?.name ?? '',
  user_id: member?.user_id ?? '',
  phone: member?.phone ?? '',
  email: member?.email ?? '',
  staff_number: member?.staff_number ?? '',
  position: member?.position ?? '',
  signature: member?.signature ?? '',
  birthday: member?.birthday ?? '',
  role: member?.role ?? ROLE,
  department_ids: member?.department_ids ?? [],
  leads: member?.leads ?? [],
  is_hidden: member?.is_hidden ?? false,
  texts: textsOf(member?.values ?? []),
})

/** Only what was changed, so that two administrators do not undo each other. `apart` is what stood in fields that have a place of their own. */
export function changesOf(before: Member, apart: Record<string, string>, { texts, ...after }: MemberChange & { texts: Record<string, string> }): MemberChange {
  const change: MemberChange = {}
  if (after.name !== before.name) change.name = after.name
  if (after.user_id !== (before.user_id ?? null)) change.user_id = after.user_id
  if (after.phone !== (before.phone ?? null)) change.phone = after.phone
  if (after.email !== (before.email ?? null)) change.email = after.email
  if (after.staff_number !== (before.staff_number ?? null)) change.staff_number = after.staff_number
  if (after.position !== (before.position ?? null)) change.position = after.position
  if (after.role !== before.role) change.role = after.role
  // In their order: the first is the main one.
  if ((after.department_ids ?? []).join() !== before.department_ids.join()) change.department_ids = after.department_ids
  if (!isSame(after.leads, before.leads)) change.leads = after.leads
  if (after.is_hidden !== (before.is_hidden ?? false)) change.is_hidden = after.is_hidden
  const values = changedTexts({ ...textsOf(before.values), ...apart }, texts)
  if (Object.keys(values).length > 0) change.values = values
  return change
}

const isSame = (some: readonly string[] | null | undefined, others: readonly string[]) => [...(some ?? [])].sort().join() === [...others].sort().join()
