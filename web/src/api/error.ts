/** Why a call did not do what was asked, as the server said it, or because nobody answered. */
import type { Problem } from './types'

export class ApiError extends Error {
  readonly status: number
  readonly code: string
  /** The input that was refused. */
  readonly field: string | null
  /** Why, in one word, when a field was refused. */
  readonly why: string | null
  /** What the server's log can be searched for. */
  readonly number: string | null
  readonly retryAfterS: number | null

  constructor(problem: Partial<Problem> & { status: number; code: string }) {
    super(problem.code)
    this.name = 'ApiError'
    this.status = problem.status
    this.code = problem.code
    this.field = problem.field ?? null
    this.why = problem.why ?? null
    this.number = problem.request_id ?? null
    this.retryAfterS = problem.retry_after_s ?? null
  }
}

/** The network is away or nobody answered in time. */
export const isUnreachable = (error: unknown) => error instanceof ApiError && error.status === 0

export const hasStatus = (error: unknown, ...statuses: number[]) => error instanceof ApiError && statuses.includes(error.status)

export const hasCode = (error: unknown, ...codes: string[]) => error instanceof ApiError && codes.includes(error.code)

/** Reads problem+json; anything else (a proxy's page) becomes a problem of its status. */
export async function readProblem(response: Response): Promise<ApiError> {
  const retryAfter = Number(response.headers.get('retry-after'))
  const known = { status: response.status, retry_after_s: Number.isFinite(retryAfter) && retryAfter > 0 ? retryAfter : null }
  try {
    const problem: Partial<Problem> = await response.json()
    return new ApiError({ ...known, ...problem, status: response.status, code: problem.code ?? `http.${response.status}` })
  } catch {
    return new ApiError({ ...known, code: `http.${response.status}` })
  }
}
