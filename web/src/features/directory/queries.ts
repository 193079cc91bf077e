/** What the directory reads. */
import { call, query } from '~/api/client'
import type { Member } from '~/api/types'
import { PAGE, type PeopleFilter } from '~/shell/people'

/** People a group may have besides oneself; more cannot be chosen at once. */
export const MOST_CHOSEN = 1_999

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
