/** Which failures pass by themselves, and how long to wait for that. */
import { ApiError } from '~/api/error'

const LONGEST_MS = 30_000

/** The disk or the organisation's quota is full: repeating does not help, its owner decides. */
const LASTING = new Set(['files.no_space', 'files.store_refused', 'files.quota_reached', 'files.too_large', 'files.type_refused'])

/** Not even asking again by hand helps: the file is too large or of a kind that is not allowed. */
export const isFinal = (code: string | undefined) => code === 'too_large' || code === 'files.too_large' || code === 'files.type_refused'

/** The network, a busy or restarting server, a piece that arrived broken. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false
  if (LASTING.has(error.code)) return false
  return [0, 409, 423, 425, 429, 460].includes(error.status) || error.status >= 500
}

/** Longer each time, at most half a minute; never sooner than the server asks. */
export function waitFor(attempt: number, error: unknown): number {
  const asked = error instanceof ApiError ? (error.retryAfterS ?? 0) * 1_000 : 0
  return Math.max(asked, Math.min(LONGEST_MS, 1_000 * 2 ** attempt))
}
