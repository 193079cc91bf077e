/** What somebody else changed of a contact while one changes it oneself, in the words of its form. */
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import type { OutsideContact, Principal } from '~/api/types'
import { departmentPath, departments } from '~/shell/members'
import { useOrganisationName } from '~/shell/session'
import { differing } from '~/shell/TheirChanges'
import { useKindNames, useLabelNames } from './words'

/** Whom a contact can be shared with, as one calls them. */
export function usePrincipalName() {
  const { t } = useLingui()
  const organisation = useOrganisationName()
  const all = useQuery(departments()).data?.items ?? []
  return (of: Principal) => (of.kind === 'department' ? departmentPath(all, of.id).join(' / ') : t`Everybody in ${organisation}`)
}

export function useContactLines(before: OutsideContact | undefined, now: OutsideContact | undefined) {
  const { t } = useLingui()
  const kinds = useKindNames()
  const labels = useLabelNames()
  const nameOf = usePrincipalName()
  if (now === undefined) return []
  const [was, is] = [before?.card, now.card]
  const joined = (lines: readonly string[]) => lines.join(' · ')
  return differing([
    { id: 'kind', label: t`Kind`, value: kinds[now.kind], was: before?.kind, is: now.kind },
    { id: 'name', label: t`Name`, value: is.name, was: was?.name, is: is.name },
    { id: 'company', label: t`Company`, value: is.company ?? '', was: was?.company, is: is.company },
    { id: 'position', label: t`Position`, value: is.position ?? '', was: was?.position, is: is.position },
    { id: 'phones', label: t`Numbers`, value: joined((is.phones ?? []).map((one) => `${labels[one.label ?? 'other']} ${one.number}`)), was: was?.phones, is: is.phones },
    { id: 'emails', label: t`E-mail addresses`, value: joined((is.emails ?? []).map((one) => `${labels[one.label ?? 'other']} ${one.address}`)), was: was?.emails, is: is.emails },
    { id: 'note', label: t`Note`, value: is.note ?? '', was: was?.note, is: is.note },
    { id: 'shared_with', label: t`Who else sees it`, value: joined(now.shared_with.map(nameOf)), was: before?.shared_with, is: now.shared_with },
  ])
}
