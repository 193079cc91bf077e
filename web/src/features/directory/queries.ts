/** What the directory reads. */
import { keepPreviousData } from '@tanstack/react-query'
import { call, pages, query } from '~/api/client'
import type { Member } from '~/api/types'

/** As many as the server gives at once: who drags the list to its end waits for few answers. */
const PAGE = 200

/** People a group may have besides oneself; more cannot be chosen at once. */
export const MOST_CHOSEN = 1_999

export interface PeopleFilter {
  department?: string | undefined
  query?: string | undefined
}

/** While somebody types, what was found before stays until the next answer. */
export const people = (filter: PeopleFilter) => ({ ...pages('/v1/members', { query: { ...filter, limit: PAGE } }, 'after'), placeholderData: keepPreviousData })
/** The same from somewhere in the middle: those who stand behind this person. */
export const peopleAfter = (filter: PeopleFilter, after: string) => {
  const all = pages('/v1/members', { query: { ...filter, limit: PAGE } }, 'after')
  return { ...all, queryKey: [...all.queryKey, after], initialPageParam: after }
}
export const peopleCount = (filter: PeopleFilter) => ({ ...query('get', '/v1/members/count', { query: filter }), placeholderData: keepPreviousData })
export const person = (member: string) => query('get', '/v1/members/{member}', { path: { member } })

/** Everybody of a list, at most as many as a group may have. */
export async function everybodyOf(filter: PeopleFilter): Promise<Member[]> {
  const found: Member[] = []
  let after: string | undefined
  do {
    const page = await call('get', '/v1/members', { query: { ...filter, after, limit: PAGE } })
    found.push(...page.items)
    after = page.next ?? undefined
  } while (after !== undefined && found.length < MOST_CHOSEN)
  return found.slice(0, MOST_CHOSEN)
}
