/** What the console reads. It belongs to no organisation, so neither do its keys. */
import { infiniteQueryOptions } from '@tanstack/react-query'
import { call } from '~/api/client'

/** Calls of the console name no organisation. */
export const OUTSIDE = { organisation: null } as const

export const operatorSession = () => ({
  queryKey: ['operator', 'session'],
  queryFn: async ({ signal }: { signal: AbortSignal }) => (await call('get', '/v1/operator/session', {}, { signal, ...OUTSIDE })) ?? null,
})

export const ORGANISATIONS = ['operator', 'organisations'] as const

export const organisations = () =>
  infiniteQueryOptions({
    queryKey: ORGANISATIONS,
    initialPageParam: '',
    queryFn: ({ signal, pageParam }) => call('get', '/v1/operator/organisations', { query: pageParam === '' ? {} : { after: pageParam } }, { signal, ...OUTSIDE }),
    getNextPageParam: (last) => last.next ?? undefined,
  })

export const verificationRequest = (organisation: string) => ({
  queryKey: ['operator', 'verification', organisation],
  queryFn: ({ signal }: { signal: AbortSignal }) => call('get', '/v1/operator/organisations/{organisation}/verification', { path: { organisation } }, { signal, ...OUTSIDE }),
  // What was decided meanwhile by somebody else is decided.
  staleTime: 0,
})

export const documentAddress = (organisation: string, document: string) => `/v1/operator/organisations/${organisation}/verification/documents/${document}`
