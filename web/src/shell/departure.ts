/** The ways out: one signs out, or the server lets one in no more. The sign-in page says why, and nothing of the account stays on this device. */
import type { QueryClient } from '@tanstack/react-query'
import { setOrganisation } from '~/api/client'
import { ApiError, hasCode } from '~/api/error'
import type { ByeCode } from '~/api/frames'
import { forgetDevice } from '~/lib/offline/sealed'
import { clearToasts } from '~/ui/toast'
import { forgetHints } from './hints'
import { forgetKept } from './kept'
import { links } from './links'

/** Under this name the last organisation that was open on this device is remembered, for the next start. */
export const LAST = 'organisation'

/** Whether somebody used this device and did not sign out: only then there may be something kept. */
export const wasSignedIn = () => localStorage.getItem(LAST) !== null

type Farewell = () => Promise<void> | void
const farewells = new Set<Farewell>()

/** What a feature must clean up when somebody signs out, such as the key of its cache. */
export function atSignOut(act: Farewell) {
  farewells.add(act)
  return () => farewells.delete(act)
}

/** Leaves nothing of the account on this device. */
export async function forget(queries: QueryClient) {
  await Promise.all([...farewells].map((act) => act()))
  await forgetDevice()
  forgetKept()
  forgetHints()
  localStorage.removeItem(LAST)
  queries.clear()
  clearToasts()
  setOrganisation(null)
}

/**
 * A way out, and who says that it is to be taken: `ended` is a refusal that does not say why, `told` one that does, `shut` means the
 * organisation and not the sign-in, which goes on, `own` is what one asked for oneself.
 */
export interface Way {
  why: 'ended' | 'told' | 'shut' | 'own'
  to: string
}

const RANK = { ended: 0, told: 1, shut: 1, own: 2 }
/** Whoever is refused without a reason waits so long for the socket to bring it. */
const HEARS_WHY_MS = 700
/** A browser that does not forget in this time keeps nobody here: the sign-in is over either way. */
const FORGETS_WITHIN_MS = 2_000

const BYES: Partial<Record<string, string>> = { suspended: 'suspended', disabled: 'disabled', leaving: 'left' }
const SHUT = ['hosting.organisation_suspended', 'hosting.organisation_dissolving']

/** What the sign-in page says to whoever is let in no more because of where they stand (`ACC-10`, `ACC-11`, `DEL-01`). */
export const byeOf = (state: string) => BYES[state]

/** The way of whoever is signed in no more, nobody says why. Where nobody was, the sign-in page has nothing to explain. */
export const ended = (back: string): Way => ({ why: 'ended', to: links.signIn(back, wasSignedIn() ? 'ended' : undefined) })

/** Where a page sends whoever is signed in no more before anything of it is drawn: what was kept for them is gone by then. */
export async function toSignIn(queries: QueryClient, back?: string): Promise<string> {
  const bye = wasSignedIn() ? 'ended' : undefined
  if (bye !== undefined) await forget(queries)
  return links.signIn(back, bye)
}

/** The way out that a refusal leads to from the page at `href`; `null` when one may stay. */
export function wayOut(error: unknown, href: string): Way | null {
  if (!(error instanceof ApiError)) return null
  if (hasCode(error, 'unauthenticated', 'http.401')) return ended(href)
  const [, slug] = /^\/o\/([^/?#]+)/.exec(href) ?? []
  if (slug === undefined) return null
  if (SHUT.includes(error.code)) return { why: 'shut', to: links.suspended(decodeURIComponent(slug)) }
  const bye = error.code.startsWith('identity.') ? byeOf(error.code.slice('identity.'.length)) : undefined
  return bye === undefined ? null : { why: 'told', to: links.signIn(undefined, bye) }
}

/** The way out with which the socket of an organisation said goodbye. */
export const wayOfBye = (code: ByeCode, slug: string): Way =>
  code === 'organisation_suspended' ? { why: 'shut', to: links.suspended(slug) } : { why: 'told', to: links.signIn(undefined, code) }

const going = new WeakMap<QueryClient, Way>()

/** Whether one is on the way out already: nothing that fails from here on is worth a word, and nothing holds one back. */
export const isGoing = (queries: QueryClient) => going.has(queries)

/**
 * Takes the way out, once: several refusals arrive together, and a second departure would break off the first. A better reason
 * that comes before the page is left takes the place of a worse one.
 */
export function depart(queries: QueryClient, way: Way) {
  const before = going.get(queries)
  if (before !== undefined && RANK[before.why] >= RANK[way.why]) return
  going.set(queries, way)
  if (before === undefined) void go(queries, way)
}

const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms))

async function go(queries: QueryClient, first: Way) {
  if (first.why === 'ended') await pause(HEARS_WHY_MS)
  const isOver = going.get(queries)?.why !== 'shut'
  if (isOver) await Promise.race([forget(queries).catch(() => undefined), pause(FORGETS_WITHIN_MS)])
  location.assign((going.get(queries) ?? first).to)
}
