/** A conversation opens with what this device knows of it already, so that going there is only drawing. */
import { expect, test } from 'vitest'
import { FakeServer } from './fakeServer'
import { History } from './history'
import { windowAt } from './log'
import type { ChatApi } from './port'
import { begin, initialState, learn } from './state'
import { createChatStore, update } from './store'

const NOW = Date.UTC(2026, 10, 22, 9)

/** What Bob's list says of a conversation in which Ann wrote `count` messages and he read the first `read`. */
function listed(count: number, read: number) {
  const server = new FakeServer()
  for (let n = 1; n <= count; n += 1) server.store('ann', `k${n}`, { v: 1, kind: 'text', text: `t${n}` })
  if (read > 0) server.read('bob', read)
  return { server, conversation: { ...server.conversation('bob'), last_message: server.messages.at(-1) } }
}

function opened(count: number, read: number): number[] {
  const state = begin(learn(initialState('bob'), [listed(count, read).conversation]), 'c1')
  const log = state.logs.get('c1')
  return log ? windowAt(log, log.follow, NOW).map((message) => message.seq) : []
}

test('the message that stands in the list is there at once', () => {
  expect(opened(5, 5)).toEqual([5])
  expect(opened(5, 4)).toEqual([5])
})

test('with several unread it waits for the first of them', () => {
  expect(opened(5, 3)).toEqual([])
})

test('while the newest page is on its way nothing older is asked for', async () => {
  const { server, conversation } = listed(5, 5)
  const asked: unknown[] = []
  const device: ChatApi = server.device('bob')
  const api: ChatApi = {
    conversations: (after) => device.conversations(after),
    conversation: (id) => device.conversation(id),
    sync: (question) => device.sync(question),
    saveDraft: (id, draft, age) => device.saveDraft(id, draft, age),
    messages: (id, at) => {
      asked.push(at)
      return device.messages(id, at)
    },
  }
  const store = createChatStore('bob')
  update(store, (state) => begin(learn(state, [conversation]), 'c1'))
  const history = new History(store, api)
  await Promise.all([history.tail('c1'), history.older('c1', 5)])
  expect(asked).toEqual([{}])
  const log = store.getState().logs.get('c1')
  expect(log && windowAt(log, log.follow, NOW).map((message) => message.seq)).toEqual([1, 2, 3, 4, 5])
})
