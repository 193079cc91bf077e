/** What the directory reads. */
import { pages, query } from '~/api/client'

const PAGE = 100

export interface PeopleFilter {
  department?: string | undefined
  query?: string | undefined
}

export const people = (filter: PeopleFilter) => pages('/v1/members', { query: { ...filter, limit: PAGE } }, 'after')
export const person = (member: string) => query('get', '/v1/members/{member}', { path: { member } })
