/** What needs one's agreement: asked of the server, which has it from the data map, and answered there. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { call, markStale, query } from '~/api/client'
import type { Consent, ConsentWay } from '~/api/types'

export const consents = () => query('get', '/v1/me/consents', {})

/** Agrees to the words that were shown. Whatever comes of it the question is read again: other words may be in force by now. */
export function useAgree(way: ConsentWay) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ purpose, text_version }: Consent) => call('put', '/v1/me/consents/{purpose}', { path: { purpose }, body: { text_version, way } }),
    onSettled: () => markStale(queries, [consents().queryKey]),
  })
}

/** Takes an agreement back. */
export function useTakeBack() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ purpose }: Consent) => call('delete', '/v1/me/consents/{purpose}', { path: { purpose } }),
    onSettled: () => markStale(queries, [consents().queryKey]),
  })
}
