/** Members by id, for the names in lists of other things. */
import { useQueries } from '@tanstack/react-query'
import { query } from '~/api/client'
import type { Department, Member } from '~/api/types'
import { listOf } from '~/lib/lists'

/** So many are asked for in one question: a list has no end. */
const AT_ONCE = 100

export interface MembersById {
  get: (id: string) => Member | undefined
  /** The answer is on its way: who is not known yet may still be. */
  isComing: boolean
}

export function useMembersById(ids: readonly (string | null | undefined)[]): MembersById {
  const wanted = [...new Set(ids.filter((id): id is string => typeof id === 'string'))].sort()
  const pages = Array.from({ length: Math.ceil(wanted.length / AT_ONCE) }, (_, page) => wanted.slice(page * AT_ONCE, (page + 1) * AT_ONCE))
  const found = useQueries({ queries: pages.map((page) => ({ ...query('get', '/v1/members', { query: { ids: page.join(',') } }), select: byId })) })
  return { get: (id) => found.find((one) => one.data?.has(id))?.data?.get(id), isComing: found.some((one) => one.isLoading) }
}

const byId = (page: { items: Member[] }): ReadonlyMap<string, Member> => new Map(page.items.map((member) => [member.id, member]))

/** By their sound and in other writing too, which is what the server knows. */
export const departmentsCalled = (words: string) => query('get', '/v1/departments', { query: { query: words } })
/** Those at the top, which a choice begins with; asked for again by whoever begins one. */
export const departmentsAtTop = () => query('get', '/v1/departments/children', { query: { limit: 50 } })
export const departments = () => ({ ...query('get', '/v1/departments', {}), staleTime: 300_000, meta: { isKept: true } })

interface Structure {
  byId: ReadonlyMap<string, Department>
  below: ReadonlyMap<string | null, readonly Department[]>
  /** How many have a name. */
  called: ReadonlyMap<string, number>
}

const structures = new WeakMap<readonly Department[], Structure>()

/** Made once of each answer, so that among fifty thousand departments a line is found at once. */
function structureOf(all: readonly Department[]): Structure {
  const known = structures.get(all)
  if (known) return known
  const byId = new Map(all.map((one) => [one.id, one]))
  const below = new Map<string | null, Department[]>()
  const called = new Map<string, number>()
  for (const one of all) {
    called.set(one.name, (called.get(one.name) ?? 0) + 1)
    const parent = typeof one.parent_id === 'string' && byId.has(one.parent_id) ? one.parent_id : null
    const siblings = below.get(parent)
    if (siblings) siblings.push(one)
    else below.set(parent, [one])
  }
  for (const siblings of below.values()) siblings.sort((a, b) => a.position - b.position)
  const structure = { byId, below, called }
  structures.set(all, structure)
  return structure
}

export const departmentOf = (all: readonly Department[], id: string | null | undefined) => (typeof id === 'string' ? structureOf(all).byId.get(id) : undefined)

/** Those below `parent`, in their order. Whose parent one does not see stands at the top. */
export const departmentsBelow = (all: readonly Department[], parent: string | null): readonly Department[] => structureOf(all).below.get(parent) ?? []

/** Names from the top down to `id`. */
export function departmentPath(all: readonly Department[], id: string): string[] {
  const names: string[] = []
  const seen = new Set<string>()
  let place = departmentOf(all, id)
  while (place && !seen.has(place.id)) {
    seen.add(place.id)
    names.unshift(place.name)
    place = departmentOf(all, place.parent_id)
  }
  return names
}

/** What `id` is called in one line: where another has its name too, the one above it stands before it. Nothing where it is not seen. */
export function departmentName(all: readonly Department[], id: string): string | undefined {
  const isShared = (name: string) => (structureOf(all).called.get(name) ?? 0) > 1
  const path = departmentPath(all, id)
  const name = path.at(-1)
  return name !== undefined && isShared(name) ? path.slice(-2).join(' / ') : name
}

/** Those above `id`, in one line; nothing at the top. */
export const departmentsAbove = (all: readonly Department[], id: string): string => departmentPath(all, id).slice(0, -1).join(' / ')

/** Whether `id` is `top` or somewhere below it. */
export function isDepartmentBelow(all: readonly Department[], id: string, top: string): boolean {
  const seen = new Set<string>()
  for (let place: string | null | undefined = id; typeof place === 'string' && !seen.has(place); place = departmentOf(all, place)?.parent_id) {
    if (place === top) return true
    seen.add(place)
  }
  return false
}

/** The topmost of those that fit: where somebody's part of the tree begins. */
export const departmentTops = (all: readonly Department[], fits: (one: Department) => boolean): Department[] =>
  all.filter((one) => {
    const above = departmentOf(all, one.parent_id)
    return fits(one) && (above === undefined || !fits(above))
  })

/** The departments of somebody in one line, for whoever reads `language`. */
export const departmentNames = (all: readonly Department[], ids: readonly string[], language: string) => listOf(language, ids.flatMap((id) => departmentName(all, id) ?? []))
