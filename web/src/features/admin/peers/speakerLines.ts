/** What is different of the list of speakers than it was. */
import { useLingui } from '@lingui/react/macro'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { rowsOf } from '~/api/client'
import type { PeerSpeakers } from '~/api/types'
import { departmentName, departments, useMembersById } from '~/shell/members'
import { differing, type TheirLine } from '~/shell/TheirChanges'
import { peopleGroups } from '../queries'
import { chosenOf, type Whom } from './speakers'

export function useWhomNames(): Record<Whom, string> {
  const { t } = useLingui()
  return { nobody: t`Nobody`, some: t`Only some`, everyone: t`Everyone` }
}

/** `before` as one began with, `now` as it is. */
export function useSpeakerLines(before: PeerSpeakers, now: PeerSpeakers): TheirLine[] {
  const { t, i18n } = useLingui()
  const whom = useWhomNames()
  const [was, is] = [chosenOf(before.speakers), chosenOf(now.speakers)]
  const isOther = before.revision !== now.revision
  const all = useQuery(departments()).data?.items ?? []
  const groups = rowsOf<'/v1/people-groups'>(useInfiniteQuery(peopleGroups('')).data)
  const people = useMembersById(isOther ? is.people : [])
  const listed = (names: readonly string[]) => new Intl.ListFormat(i18n.locale).format(names)
  const group = (id: string) => groups.find((one) => one.id === id)?.name ?? t`A group you do not see`
  return differing([
    { id: 'whom', label: t`Who may speak with peers`, was: was.whom, is: is.whom, value: whom[is.whom] },
    { id: 'departments', label: t`Departments, with those below`, was: was.departments, is: is.departments, value: listed(is.departments.map((id) => departmentName(all, id) ?? t`A department that is not there any more`)) },
    { id: 'groups', label: t`Directory groups`, was: was.groups, is: is.groups, value: listed(is.groups.map(group)) },
    { id: 'people', label: t`People`, was: was.people, is: is.people, value: listed(is.people.map((id) => people.get(id)?.name ?? '…')) },
  ])
}
