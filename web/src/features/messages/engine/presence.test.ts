/** Who is followed: the faces that are shown, and whoever one has a direct conversation with. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { entryOf } from './entry'
import { FakeServer } from './fakeServer'
import { followPresence } from './presence'
import { learn } from './state'
import { createChatStore, update } from './store'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('a face that is shown is followed before the others, and no more once it is gone', () => {
  const store = createChatStore('ann')
  const server = new FakeServer()
  const device = server.device('ann')
  const { conversation } = entryOf(server.conversation('ann'))
  const stop = followPresence(store, { send: device.send.bind(device), on: device.on.bind(device), isOnline: () => true }, document)
  device.connect()
  update(store, (state) => learn(state, [{ ...conversation, id: 'd1', kind: 'direct', peer_id: 'bob' }]))
  const watched = () => device.outbound.flatMap((frame) => (frame.c === 'presence' && frame.k === 'watch' ? [frame.member_ids] : [])).at(-1)
  vi.advanceTimersByTime(1_000)
  expect(watched()).toEqual(['bob'])
  store.setState({ faces: ['cen', 'bob'] })
  vi.advanceTimersByTime(1_000)
  expect(watched()).toEqual(['cen', 'bob'])
  store.setState({ presence: new Map([['cen', 'active'], ['bob', 'away']]) })
  store.setState({ faces: [] })
  vi.advanceTimersByTime(1_000)
  expect(watched()).toEqual(['bob'])
  expect([...store.getState().presence.keys()]).toEqual(['bob'])
  store.setState({ faces: Array.from({ length: 300 }, (_, place) => `m${place}`) })
  vi.advanceTimersByTime(1_000)
  expect(watched()).toHaveLength(200)
  stop()
})
