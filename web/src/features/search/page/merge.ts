/** Two lists that are both newest first, as one. Pure. */
import type { MessageHit } from '~/api/types'

interface List {
  hits: readonly MessageHit[]
  hasMore: boolean
}

const atOf = (hit: MessageHit | undefined) => hit?.message.sent_at ?? '9'

/** What is certain of the common order: as far back as both have been read. `behind` has to be read next to know more. */
export function merged<T extends List>(a: T, b: T): { hits: MessageHit[]; behind: T | null } {
  const open = [a, b].filter((list) => list.hasMore)
  const behind = open.reduce<T | null>((held, list) => (held === null || atOf(list.hits.at(-1)) > atOf(held.hits.at(-1)) ? list : held), null)
  const edge = behind === null ? '' : atOf(behind.hits.at(-1))
  const all = [...a.hits, ...b.hits].sort((one, other) => atOf(other).localeCompare(atOf(one)))
  return { hits: all.filter((hit) => atOf(hit) >= edge), behind }
}
