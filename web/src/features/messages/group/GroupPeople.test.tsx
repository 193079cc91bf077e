/** Who is in a group is read from the server: without it that is said, and nothing is offered that cannot be done. */
import { act, cleanup, screen } from '@testing-library/react'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { afterEach, expect, test, vi } from 'vitest'
import { ApiError } from '~/api/error'
import { asAnn, bob } from '../testing'
import { GroupPeople } from './GroupPeople'

const { call } = vi.hoisted(() => ({ call: vi.fn<() => Promise<unknown>>() }))
vi.mock('~/api/client', async (original) => ({ ...(await original<typeof import('~/api/client')>()), call }))
vi.mock('~/shell/live', () => ({ useLiveState: () => ({ status: 'waiting' }) }))

afterEach(cleanup)

/** The panel with nothing of the group in the cache. */
async function opened() {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  return asAnn(({ conversation }) => (
    <QueryClientProvider client={queries}>
      <GroupPeople conversation={{ ...conversation, can: { ...conversation.can, add: true } }} />
    </QueryClientProvider>
  ))
}

test('without a network it says that the members come later', async () => {
  call.mockRejectedValue(new ApiError({ status: 0, code: 'network.unreachable' }))
  await opened()
  expect(await screen.findByText('Who is in it shows once there is a connection.')).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Show all' })).toBeNull()
  expect(screen.queryByRole('button', { name: 'Add people' })).toBeNull()
})

test('with them it shows all and adds more', async () => {
  call.mockResolvedValue({ items: [{ member_id: 'bob', role: 'member', joined_at: '2026-11-01T00:00:00Z', read_seq: 0 }], next: null })
  await opened()
  expect(await screen.findByRole('link', { name: 'Bob' })).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Show all' })).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Add people' })).toBeTruthy()
  expect(screen.queryByText(/once there is a connection/)).toBeNull()
})

test('whoever is not let in is marked, and whoever is shown is followed', async () => {
  call.mockResolvedValue({ items: ['ann', 'bob'].map((member_id) => ({ member_id, role: 'member', joined_at: '2026-11-01T00:00:00Z', read_seq: 0 })), next: null })
  const { people, engine, unmount } = await opened()
  expect(await screen.findByRole('link', { name: 'Bob' })).toBeTruthy()
  expect(engine.store.getState().faces).toEqual(['bob'])
  act(() => people.learn([{ ...bob, state: 'suspended' }]))
  expect(screen.getByRole('link', { name: /Bob.* · suspended/ })).toBeTruthy()
  unmount()
  expect(engine.store.getState().faces).toEqual([])
})
