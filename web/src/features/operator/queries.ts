/** What the console reads. It belongs to no organisation, so neither do its keys. */
import { infiniteQueryOptions, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { call } from '~/api/client'
import { hasStatus } from '~/api/error'

/** Calls of the console name no organisation. */
export const OUTSIDE = { organisation: null } as const

export const operatorSession = () => ({
  queryKey: ['operator', 'session'],
  queryFn: async ({ signal }: { signal: AbortSignal }) => (await call('get', '/v1/operator/session', {}, { signal, ...OUTSIDE })) ?? null,
})

/** Nobody is signed in any more: the sign-in of the console shows, and nothing that was read stays. */
export function leave(queries: QueryClient) {
  const { queryKey } = operatorSession()
  queries.setQueryData(queryKey, null)
  queries.removeQueries({ queryKey: ['operator'], predicate: (one) => one.queryKey[1] !== queryKey[1] })
}

/** While the console is open: whatever it asks for is refused once the sign-in is over. */
export function useEnd() {
  const queries = useQueryClient()
  useEffect(() => {
    const see = (error: unknown) => {
      if (hasStatus(error, 401)) leave(queries)
    }
    const silences = [
      queries.getQueryCache().subscribe((event) => {
        if (event.type === 'updated' && event.action.type === 'error' && event.query.queryKey[0] === 'operator') see(event.action.error)
      }),
      queries.getMutationCache().subscribe((event) => {
        if (event.type === 'updated' && event.action.type === 'error') see(event.action.error)
      }),
    ]
    return () => silences.forEach((silence) => silence())
  }, [queries])
}

export const ORGANISATIONS = ['operator', 'organisations'] as const

export const organisations = () =>
  infiniteQueryOptions({
    queryKey: ORGANISATIONS,
    initialPageParam: '',
    queryFn: ({ signal, pageParam }) => call('get', '/v1/operator/organisations', { query: pageParam === '' ? {} : { after: pageParam } }, { signal, ...OUTSIDE }),
    getNextPageParam: (last) => last.next ?? undefined,
    // Nobody tells the console what organisations ask for; only while it is looked at.
    refetchInterval: 30_000,
  })

export const verificationRequest = (organisation: string) => ({
  queryKey: ['operator', 'verification', organisation],
  queryFn: ({ signal }: { signal: AbortSignal }) => call('get', '/v1/operator/organisations/{organisation}/verification', { path: { organisation } }, { signal, ...OUTSIDE }),
  // What was decided meanwhile by somebody else is decided.
  staleTime: 0,
})

export const documentAddress = (organisation: string, document: string) => `/v1/operator/organisations/${organisation}/verification/documents/${document}`
