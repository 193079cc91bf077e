/** The list of people, as the directory and the console read it: page by page, from a letter on, and counted. */
import { keepPreviousData } from '@tanstack/react-query'
import { pages, query } from '~/api/client'
import type { MemberState } from '~/api/types'

/** As many as the server gives at once: who drags the list to its end waits for few answers. */
export const PAGE = 200

export interface PeopleFilter {
  department?: string | undefined
  query?: string | undefined
  /** For whoever may see states; of everybody else's list there are only those who are here. */
  state?: MemberState | undefined
  /** Of whoever looks after a part, those of that part. */
  is_mine?: true | undefined
}

/** While somebody types, what was found before stays until the next answer. */
export const people = (filter: PeopleFilter) => ({ ...pages('/v1/members', { query: { ...filter, limit: PAGE } }, 'after'), placeholderData: keepPreviousData })
/** The same from somewhere in the middle: those who stand behind this person. */
export const peopleAfter = (filter: PeopleFilter, after: string) => {
  const all = pages('/v1/members', { query: { ...filter, limit: PAGE } }, 'after')
  return { ...all, queryKey: [...all.queryKey, after], initialPageParam: after }
}
export const peopleCount = (filter: PeopleFilter) => ({ ...query('get', '/v1/members/count', { query: filter }), placeholderData: keepPreviousData })
