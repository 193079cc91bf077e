/** What a device remembers: enough to open at once, never past its time, and everything that was not sent. */
import { afterEach, expect, test, vi } from 'vitest'
import type { Message } from '~/api/types'
import { freshState } from '../../../../mock/handlers'
import { Cache, listToKeep, logToKeep, recallList, recallLogs } from './cache'
import { PlainStore } from './fakeSealed'
import { FakeServer } from './fakeServer'
import { applyTail } from './log'
import { windowAt } from './log'
import type { Outgoing } from './outbox'
import { People } from './people'
import { type ChatState, initialState, learn, openLog } from './state'
import { createChatStore } from './store'

afterEach(() => vi.useRealTimers())

const NOW = Date.UTC(2026, 10, 22, 9)

function filled(keptUntil: (seq: number) => number) {
  const server = new FakeServer()
  for (let n = 1; n <= 5; n += 1) server.store('ann', `k${n}`, { v: 1, kind: 'text', text: `t${n}` })
  const items = server.messages.map((message): Message => ({ ...message, kept_until: new Date(keptUntil(message.seq)).toISOString() }))
  const conversation = { ...server.conversation('bob'), last_message: items.at(-1) }
  const state = openLog(learn(initialState('bob'), [conversation]), 'c1', (log) => applyTail(log, { items, from: 1, to: 5, isFirst: true }))
  return { state }
}

type Kept = Parameters<typeof recallList>[1]

function recall(state: ChatState, list: Kept, logs: Parameters<typeof recallLogs>[2], now: number): ChatState {
  return recallLogs(recallList(state, list, now), list.pos, logs, now)
}

test('comes back as it was', () => {
  const { state } = filled(() => NOW + 1_000)
  const kept = { v: 1, pos: 9, conversations: listToKeep(state, NOW) }
  const back = recall(initialState('bob'), kept, [{ v: 1, id: 'c1', items: logToKeep(state, 'c1', NOW) }], NOW)
  expect(back.listing).toBe('cached')
  expect(back.pos).toBe(9)
  expect(back.entries.get('c1')?.last.seq).toBe(5)
  const log = back.logs.get('c1')
  expect(log && windowAt(log, log.follow, NOW).map((message) => message.seq)).toEqual([1, 2, 3, 4, 5])
})

test('nothing is kept or shown past its time (IM-18)', () => {
  const { state } = filled((seq) => NOW + (seq - 3) * 1_000)
  expect(logToKeep(state, 'c1', NOW).map((message) => message.seq)).toEqual([4, 5])
  const items = logToKeep(state, 'c1', NOW)
  const later = recall(initialState('bob'), { v: 1, pos: null, conversations: listToKeep(state, NOW) }, [{ v: 1, id: 'c1', items }], NOW + 1_500)
  const log = later.logs.get('c1')
  expect(log && windowAt(log, log.follow, NOW + 1_500).map((message) => message.seq)).toEqual([5])
  const gone = recall(initialState('bob'), { v: 1, pos: null, conversations: listToKeep(state, NOW) }, [{ v: 1, id: 'c1', items }], NOW + 9_000)
  expect(gone.logs.has('c1')).toBe(false)
  expect(gone.entries.get('c1')?.lastMessage).toBeNull()
})

test('what the server said first is not overwritten by what was remembered', () => {
  const { state } = filled(() => NOW + 1_000)
  const old = listToKeep(state, NOW).map((conversation) => ({ ...conversation, name: 'old name' }))
  const back = recall({ ...state, listing: 'fresh' }, { v: 1, pos: 1, conversations: old }, [], NOW)
  expect(back.entries.get('c1')?.conversation.name).toBe('Move')
  expect(back.listing).toBe('fresh')
})

test('messages that were changed while nobody listened do not come back as they were', () => {
  const { state } = filled(() => NOW + 1_000)
  const list = { v: 1, pos: 9, conversations: listToKeep(state, NOW) }
  const logs = [{ v: 1, id: 'c1', items: logToKeep(state, 'c1', NOW) }]
  expect(recall(initialState('bob'), list, logs, NOW).logs.has('c1')).toBe(true)
  const later = recall({ ...initialState('bob'), pos: 12 }, list, logs, NOW)
  expect(later.pos).toBe(12)
  expect(later.entries.has('c1')).toBe(true)
  expect(later.logs.has('c1')).toBe(false)
})

test('unsent messages survive a reload in the order they were written', async () => {
  const store = new PlainStore()
  const item = (id: string, created_at: string): Outgoing => ({ client_id: id, conversation_id: 'c1', body: { v: 1, kind: 'text', text: id }, created_at, state: 'queued' })
  const first = new Cache(Promise.resolve(store), () => NOW)
  first.keepOutgoing(item('b', '2026-11-22T09:00:02.000Z'))
  first.keepOutgoing(item('a', '2026-11-22T09:00:01.000Z'))
  first.keepOutgoing(item('c', '2026-11-22T09:00:03.000Z'))
  await Promise.resolve()
  first.dropOutgoing('b')
  await Promise.resolve()
  const second = new Cache(Promise.resolve(store), () => NOW)
  expect((await second.outgoing()).map((one) => one.client_id)).toEqual(['a', 'c'])
})

test('a draft that an earlier version kept without a time is there, as if written now', async () => {
  const sealed = new PlainStore()
  await sealed.put('draft', 'c1', { id: 'c1', draft: { text: 'written on the train', reply_to: null } })
  await sealed.put('draft', 'c2', { id: 'c2', draft: null, at: 7 })
  const store = createChatStore('bob')
  await new Cache(Promise.resolve(sealed), () => NOW).load(store, new People(() => Promise.resolve([])))
  expect([...store.getState().unsaved]).toEqual([
    ['c1', { draft: { text: 'written on the train', reply_to: null }, at: NOW }],
    ['c2', { draft: null, at: 7 }],
  ])
})

test('a browser that keeps nothing is no error', async () => {
  const cache = new Cache(Promise.resolve(null))
  cache.dropOutgoing('x')
  expect(await cache.outgoing()).toEqual([])
})

/** A device that keeps the five messages; the words in its store, read by nobody but the store itself. */
async function kept(keptUntil: (seq: number) => number, change: (state: ChatState) => ChatState = (state) => state) {
  vi.useFakeTimers({ now: NOW })
  const sealed = new PlainStore()
  const people = new People(() => Promise.resolve([]))
  const store = createChatStore('bob')
  const cache = new Cache(Promise.resolve(sealed))
  const stop = cache.follow(store, people)
  store.setState({ ...change(filled(keptUntil).state), listing: 'fresh' }, true)
  await vi.advanceTimersByTimeAsync(2_000)
  return { sealed, people, stop, words: () => ['t1', 't2', 't3', 't4', 't5'].filter((word) => JSON.stringify([...sealed.kept]).includes(`"${word}"`)) }
}

const MINUTE = 60_000

test('while the program runs no word stays past its time, though newer ones beside it do', async () => {
  const { words, sealed, stop } = await kept((seq) => NOW + seq * 10 * MINUTE)
  expect(words()).toEqual(['t1', 't2', 't3', 't4', 't5'])
  await vi.advanceTimersByTimeAsync(31 * MINUTE)
  expect(words()).toEqual(['t4', 't5'])
  await vi.advanceTimersByTimeAsync(20 * MINUTE)
  expect(words()).toEqual([])
  expect(sealed.kept.has('log/c1')).toBe(false)
  expect(sealed.kept.has('chat/list')).toBe(true)
  stop()
})

test('what ended while the program was closed is taken out when it starts, whether it is put back or not', async () => {
  const { words, sealed, people, stop } = await kept((seq) => NOW + seq * 10 * MINUTE)
  stop()
  await vi.advanceTimersByTimeAsync(21 * MINUTE)
  expect(words()).toEqual(['t1', 't2', 't3', 't4', 't5'])
  const store = createChatStore('bob')
  // This device has heard of a later position: nothing of the log is put back.
  store.setState({ ...initialState('bob'), pos: 99 }, true)
  await new Cache(Promise.resolve(sealed)).load(store, people)
  await vi.advanceTimersByTimeAsync(0)
  expect(words()).toEqual(['t3', 't4', 't5'])
  vi.setSystemTime(NOW + 51 * MINUTE)
  await new Cache(Promise.resolve(sealed)).load(createChatStore('bob'), people)
  await vi.advanceTimersByTimeAsync(0)
  expect(words()).toEqual([])
})

test('what a message quotes is not kept with it, for that ends earlier', async () => {
  const quoting = (state: ChatState) =>
    openLog(state, 'c1', (log) => {
      const last = log.messages.get(5)
      if (!last) return log
      const message: Message = { ...last, body: { v: 1, kind: 'text', text: 't5', reply_to: { seq: 1, author_id: 'ann', excerpt: 'long ago' } } }
      return { ...log, messages: new Map(log.messages).set(5, message) }
    })
  const { sealed, stop } = await kept(() => NOW + MINUTE, quoting)
  expect(JSON.stringify(sealed.kept.get('log/c1'))).toContain('"reply_to":{"seq":1,"author_id":"ann","excerpt":""}')
  expect(JSON.stringify([...sealed.kept])).not.toContain('long ago')
  stop()
})

test('the names of the list are kept with it, though nobody looked at it', async () => {
  vi.useFakeTimers({ now: NOW })
  const sealed = new PlainStore()
  const asked: string[] = []
  const people = new People((ids) => {
    asked.push(...ids)
    return Promise.resolve(freshState().members.slice(0, 1).flatMap((member) => ids.map((id) => ({ ...member, id, name: `name of ${id}` }))))
  })
  const store = createChatStore('bob')
  const stop = new Cache(Promise.resolve(sealed)).follow(store, people)
  const { state } = filled(() => NOW + MINUTE)
  const direct = { ...new FakeServer().conversation('bob'), id: 'c2', kind: 'direct' as const, peer_id: 'cen' }
  store.setState({ ...learn(state, [direct]), listing: 'fresh' }, true)
  await vi.advanceTimersByTimeAsync(5_000)
  stop()
  expect(asked.toSorted()).toEqual(expect.arrayContaining(['ann', 'cen']))
  const again = new People(() => Promise.reject(new Error('away')))
  await new Cache(Promise.resolve(sealed)).load(createChatStore('bob'), again)
  expect(['ann', 'cen'].map((id) => again.snapshot().get(id)?.name)).toEqual(['name of ann', 'name of cen'])
})
