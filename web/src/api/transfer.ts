/** Files to and from the API: what is no JSON, takes longer than a call, and is not repeated by itself. */
import { currentOrganisation } from './client'
import { ApiError, readProblem } from './error'

/** As long as the server works on one request. */
const PATIENCE_MS = 60_000

export interface Transfer {
  method?: 'GET' | 'POST' | 'PUT'
  file?: Blob
  /** What it is called, where that is kept. */
  name?: string
  /** What is asked for, where the answer is a file. */
  json?: unknown
  /** For another organisation than the open one. */
  organisation?: string
}

/** Does one transfer and gives the answer as it is; refusals are thrown as `ApiError`. */
export async function transfer(address: string, { method = 'POST', file, name, json, organisation = currentOrganisation() ?? undefined }: Transfer): Promise<Response> {
  const headers = new Headers({ accept: '*/*' })
  if (organisation !== undefined) headers.set('tulou-organisation', organisation)
  if (file) headers.set('content-type', 'application/octet-stream')
  // In a header, not in the address, which others may write down; a header holds no other signs.
  if (name !== undefined) headers.set('tulou-file-name', encodeURIComponent(name.replace(/\p{Cs}/gu, '')))
  if (json !== undefined) headers.set('content-type', 'application/json')
  const body = json === undefined ? (file ?? null) : JSON.stringify(json)
  const response = await reach(address, { method, headers, body, credentials: 'same-origin', signal: AbortSignal.timeout(PATIENCE_MS) })
  if (!response.ok) throw await readProblem(response)
  return response
}

/** What the server calls the file that it answers with (RFC 6266), if it says so. */
export function fileNameOf(answer: Response): string | undefined {
  const encoded = /filename\*=UTF-8''([^;\s]+)/iu.exec(answer.headers.get('content-disposition') ?? '')?.[1]
  return encoded === undefined ? undefined : decodeURIComponent(encoded)
}

async function reach(address: string, init: RequestInit) {
  try {
    return await fetch(address, init)
  } catch (cause) {
    throw new ApiError({ status: 0, code: cause instanceof DOMException && cause.name === 'TimeoutError' ? 'network.timeout' : 'network.unreachable' })
  }
}
