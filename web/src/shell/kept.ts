/** What the frame needs to open without a network, sealed on this device until the sign-in ends or is signed out. */
import type { Query, QueryClient } from '@tanstack/react-query'
import type { Session } from '~/api/types'
import { openSealed, type Sealed } from '~/lib/offline/sealed'

const SCOPE = 'shell'
const KIND = 'answer'
/** Longest time anything of the frame is kept, however long the sign-in lasts. */
const LONGEST_MS = 14 * 86_400_000

interface Answer {
  hash: string
  key: unknown[]
  data: unknown
  at: number
}

function isAnswer(value: unknown): value is Answer {
  return typeof value === 'object' && value !== null && 'hash' in value && 'key' in value && Array.isArray(value.key) && 'data' in value && 'at' in value && typeof value.at === 'number'
}

let store: Promise<Sealed | null> | null = null
const sealed = () => (store ??= openSealed(SCOPE))

/** After the keys of the device were deleted a new one has to be made. */
export const forgetKept = () => {
  store = null
}

/** Puts what was kept into the cache, as old as it is: it is shown at once and read again behind it. */
export async function restoreKept(queries: QueryClient) {
  const memory = await sealed()
  if (!memory) return
  for (const value of await memory.all(KIND)) {
    if (isAnswer(value)) queries.setQueryData(value.key, value.data, { updatedAt: value.at })
  }
}

/** Whose answers are kept here. */
export async function keptAccount(): Promise<string | null> {
  const memory = await sealed()
  const kept = await memory?.get(KIND, JSON.stringify(['session']))
  if (!isAnswer(kept) || typeof kept.data !== 'object' || kept.data === null) return null
  return 'account_id' in kept.data && typeof kept.data.account_id === 'string' ? kept.data.account_id : null
}

/** Follows the cache and keeps every answer that asks for it with `meta: { isKept: true }`. */
export function followKept(queries: QueryClient) {
  const ends = () => {
    const session = queries.getQueryData<Session | null>(['session'])
    const latest = Date.now() + LONGEST_MS
    return session ? Math.min(latest, Date.parse(session.expires_at)) : latest
  }
  const keep = async (query: Query) => {
    const { data, dataUpdatedAt } = query.state
    if (data === null) return
    const memory = await sealed()
    const answer: Answer = { hash: query.queryHash, key: [...query.queryKey], data, at: dataUpdatedAt }
    return memory?.put(KIND, query.queryHash, answer, ends())
  }
  return queries.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated' || event.action.type !== 'success' || event.query.meta?.isKept !== true) return
    if (event.action.manual === true && event.query.queryKey[0] !== 'session') return
    void keep(event.query)
  })
}
