/** A search out of an address; what makes no sense there is left out. Pure. */
import { KINDS, SCOPES, type Search } from '~/shell/finding'
import { exactDay } from './days'

const LONGEST = 200
const ID = /^[\w-]{1,64}$/

const idOf = (value: unknown) => (typeof value === 'string' && ID.test(value) ? value : undefined)
/** The router reads `q=2026` as a number and `q=true` as a truth: they were words. */
const wordsOf = (value: unknown) => (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value).slice(0, LONGEST) : '')

export function searchOf(search: Record<string, unknown>): Search {
  const q = wordsOf(search.q)
  const found: Search = {
    q: q === '' ? undefined : q,
    scope: SCOPES.find((scope) => scope === search.scope),
    from: idOf(search.from),
    in: idOf(search.in),
    after: exactDay(search.after),
    before: exactDay(search.before),
    kind: KINDS.find((kind) => kind === search.kind),
  }
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined))
}
