import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, renderHook, waitFor } from '@testing-library/react'
import type { ReactNode } from 'react'
import { expect, test } from 'vitest'
import { people } from '../../mock/company'
import { serve } from '../../mock/render'
import { useFound } from './useFound'

/** Three thousand people, the last thousand of them under Z; the server gives two hundred at once. */
function open() {
  const [one] = people()
  const id = (place: number) => `m${String(place)}`
  const { asked } = serve({
    'GET /v1/members/count': () => ({ status: 200, body: { count: 3_000, letters: [{ letter: 'A', place: 0, after: null }, { letter: 'Z', place: 2_000, after: id(1_999) }] } }),
    'GET /v1/members': ({ query }) => {
      const from = query.has('after') ? Number(query.get('after')?.slice(1)) + 1 : 0
      const items = Array.from({ length: Math.min(200, 3_000 - from) }, (_, at) => ({ ...one, id: id(from + at) }))
      return { status: 200, body: { items, next: from + 200 < 3_000 ? id(from + 199) : null } }
    },
  })
  const queries = new QueryClient()
  const wrapper = ({ children }: { children: ReactNode }) => <QueryClientProvider client={queries}>{children}</QueryClientProvider>
  return { ...renderHook(() => useFound({}), { wrapper }), reads: () => asked.filter((call) => call.url.startsWith('/v1/members?')).length }
}

test('a letter far away is read from where it begins, not everybody before it', async () => {
  const { result, reads } = open()
  await waitFor(() => expect(result.current.rows).toHaveLength(200))
  await waitFor(() => expect(result.current.letters).toHaveLength(2))
  expect(result.current.total).toBe(3_000)
  act(() => result.current.reachTo(2_000, 2_030))
  await waitFor(() => expect(result.current.rows[2_000]?.id).toBe('m2000'))
  expect(result.current.rows[1_999]).toBeUndefined()
  expect(reads()).toBe(2)
  act(() => result.current.reachTo(2_190, 2_230))
  await waitFor(() => expect(result.current.rows[2_230]?.id).toBe('m2230'))
  expect(reads()).toBe(3)
})

test('who goes on from the start reads on from there', async () => {
  const { result, reads } = open()
  await waitFor(() => expect(result.current.rows).toHaveLength(200))
  act(() => result.current.reachTo(150, 230))
  await waitFor(() => expect(result.current.rows).toHaveLength(400))
  expect(result.current.rows.every((row, place) => row?.id === `m${String(place)}`)).toBe(true)
  expect(reads()).toBe(2)
})
