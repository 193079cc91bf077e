/** Members by id, for the names in lists of other things. */
import { useQuery } from '@tanstack/react-query'
import { query } from '~/api/client'
import type { Department, Member } from '~/api/types'

const MOST = 100
const NOBODY: ReadonlyMap<string, Member> = new Map()

export interface MembersById {
  get: (id: string) => Member | undefined
  /** The answer is on its way: who is not known yet may still be. */
  isComing: boolean
}

export function useMembersById(ids: readonly (string | null | undefined)[]): MembersById {
  const wanted = [...new Set(ids.filter((id): id is string => typeof id === 'string'))].sort().slice(0, MOST)
  const found = useQuery({
    ...query('get', '/v1/members', { query: { ids: wanted.join(',') } }),
    enabled: wanted.length > 0,
    select: byId,
  })
  const known = found.data ?? NOBODY
  return { get: (id) => known.get(id), isComing: found.isLoading }
}

const byId = (page: { items: Member[] }): ReadonlyMap<string, Member> => new Map(page.items.map((member) => [member.id, member]))

export const departments = () => ({ ...query('get', '/v1/departments', {}), staleTime: 300_000, meta: { isKept: true } })

/** Names from the top down to `id`. */
export function departmentPath(all: readonly Department[], id: string): string[] {
  const names: string[] = []
  const seen = new Set<string>()
  let place = all.find((one) => one.id === id)
  while (place && !seen.has(place.id)) {
    seen.add(place.id)
    names.unshift(place.name)
    const parent = place.parent_id
    place = all.find((one) => one.id === parent)
  }
  return names
}

/** All departments in use as choices of a field, children under their parents; and `chosen`, whatever it is. */
export function departmentChoices(all: readonly Department[], chosen?: string): { id: string; label: string }[] {
  return all
    .filter((one) => !one.is_archived || one.id === chosen)
    .map((one) => ({ id: one.id, label: departmentPath(all, one.id).join(' / ') }))
    .sort((a, b) => a.label.localeCompare(b.label))
}
