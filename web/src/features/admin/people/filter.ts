/** Which people the list has: in the address, so that the numbers of the overview lead to it. */
import type { MemberState } from '~/api/types'

/** States somebody can be listed in; who is erased stands in no list. */
export const LISTED = ['active', 'invited', 'suspended', 'disabled', 'leaving'] as const satisfies readonly MemberState[]
export type Listed = (typeof LISTED)[number]

export interface PeopleSearch {
  state?: Listed
  /** Whoever looks after a part sees that part first, and everybody when they say so. */
  everybody?: true
}

export function peopleSearch(search: Record<string, unknown>): PeopleSearch {
  const state = LISTED.find((one) => one === search['state'])
  return { ...(state === undefined ? {} : { state }), ...(search['everybody'] === true ? { everybody: true } : {}) }
}

/** As the address has it. */
export const queryOf = (search: PeopleSearch) => new URLSearchParams(Object.entries(search).map(([key, value]) => [key, String(value)])).toString()
