/** Which roles people have, in words: those the organisation wrote too, each with what it was given for. */
import { useLingui } from '@lingui/react/macro'
import { useQueries, useQuery } from '@tanstack/react-query'
import type { Member } from '~/api/types'
import { listOf } from '~/lib/lists'
import { departmentName, departments } from '~/shell/members'
import { useMay } from '~/shell/session'
import { roleGrantsOf, roles } from '../queries'
import { useRoleName } from '../roles/words'

/** People whose roles are asked for at once. */
const AT_ONCE = 50

/** Of those between these places. Whoever may not see roles is told nothing: that somebody has none would be a guess. */
export function useRoles(rows: readonly (Member | undefined)[], { from, to }: { from: number; to: number }): (member: Member) => string {
  const { t, i18n } = useLingui()
  const may = useMay()
  const isAsked = may('roles.see', 'roles.give')
  const nameOf = useRoleName()
  const all = useQuery({ ...roles(), enabled: isAsked }).data?.items ?? []
  const places = useQuery(departments()).data?.items ?? []
  const first = Math.floor(from / AT_ONCE)
  // Asked for by the same fifty again and again, so that scrolling back and forth asks once.
  const pages = Array.from({ length: isAsked ? Math.floor(to / AT_ONCE) - first + 1 : 0 }, (_, page) =>
    rows.slice((first + page) * AT_ONCE, (first + page + 1) * AT_ONCE).flatMap((row) => (row === undefined ? [] : [row.id])),
  ).filter((ids) => ids.length > 0)
  const grants = useQueries({ queries: pages.map((ids) => roleGrantsOf(ids)) }).flatMap((found) => found.data?.items ?? [])
  const ranks = { owner: t`Owner`, administrator: t`Administrator`, member: t`Member` }
  return (member) => {
    const names = grants.filter((grant) => grant.member_id === member.id).flatMap((grant) => {
      const role = all.find((one) => one.id === grant.role_id)
      const place = grant.department_id ? departmentName(places, grant.department_id) : undefined
      return role ? [place === undefined ? nameOf(role) : `${nameOf(role)} (${place})`] : []
    })
    if (!isAsked) return '–'
    return names.length === 0 ? ranks[member.role] : listOf(i18n.locale, names)
  }
}
