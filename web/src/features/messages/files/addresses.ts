/** Signed addresses of files: asked for when they are looked at, and again once they are about to expire. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { ApiError, readProblem } from '~/api/error'
import { currentOrganisation } from '~/api/client'
import type { FileAddresses, SentFile } from './types'

/** Where a file stands. */
export interface FilePlace {
  readonly conversation: string
  readonly seq: number
  readonly file: string
}

/** Not used this long before their end, so that what begins now still begins. */
const EARLY_MS = 60_000
/** However this device's clock stands. */
const MOST_MS = 9 * 60_000
const PAGE = 60

export type SentPage = { items: SentFile[]; next?: string | null }

async function read<T>(path: string, organisation: string | null, signal: AbortSignal): Promise<T> {
  const headers: Record<string, string> = { accept: 'application/json' }
  if (organisation !== null) headers['tulou-organisation'] = organisation
  const answer = await fetch(path, { headers, signal, credentials: 'same-origin' }).catch((cause: unknown) => {
    if (signal.aborted) throw cause
    throw new ApiError({ status: 0, code: 'network.unreachable' })
  })
  if (!answer.ok) throw await readProblem(answer)
  return answer.json()
}

const left = (addresses: FileAddresses | undefined) => (addresses ? Date.parse(addresses.expires_at) - EARLY_MS - Date.now() : 0)

export function addressesOf({ conversation, seq, file }: FilePlace) {
  const organisation = currentOrganisation()
  return queryOptions({
    queryKey: [organisation, 'files', conversation, seq, file],
    queryFn: ({ signal }) =>
      read<FileAddresses>(`/v1/conversations/${conversation}/messages/${seq}/files/${file}`, organisation, signal),
    staleTime: (query) => Math.min(MOST_MS, Math.max(0, left(query.state.data))),
  })
}

export type FilesTab = 'picture' | 'file'

export const sentFilesKey = (conversation: string) => [currentOrganisation(), 'sent-files', conversation]

/** The files of a conversation, newest first. */
export function sentFiles(conversation: string, kind: FilesTab) {
  const organisation = currentOrganisation()
  return infiniteQueryOptions({
    queryKey: [...sentFilesKey(conversation), kind],
    staleTime: 60_000,
    initialPageParam: '',
    queryFn: ({ signal, pageParam }) => {
      const search = new URLSearchParams({ kind, limit: String(PAGE) })
      if (pageParam) search.set('before', pageParam)
      return read<SentPage>(`/v1/conversations/${conversation}/files?${search}`, organisation, signal)
    },
    getNextPageParam: (page) => page.next ?? undefined,
  })
}
