/** IM-19: what was missed is learnt, whatever fails or comes in between. */
import { expect, test } from 'vitest'
import { Engine } from './engine'
import { mentions } from './entry'
import { FakeServer } from './fakeServer'

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))

function side(server: FakeServer) {
  const device = server.device('ann')
  const engine = new Engine({ me: 'ann', api: device, wire: device, now: () => Date.UTC(2026, 10, 22, 9), retryMs: 1 })
  engine.start()
  return { device, engine }
}

test('a question that failed is asked again from where it was, whatever events have said since', async () => {
  const server = new FakeServer()
  for (let n = 0; n < 4; n += 1) server.store('bob', `a${n}`, { v: 1, kind: 'text', text: `${n}` })
  const ann = side(server)
  ann.device.connect()
  await ann.engine.open('c1')
  await settle()
  ann.device.disconnect()
  ann.engine.offline()
  server.change(2, 'recalled')
  const sync = ann.device.sync.bind(ann.device)
  const asked: (number | null)[] = []
  ann.device.sync = (question) => {
    asked.push(question.pos)
    return asked.length < 2 ? Promise.reject(new Error('busy')) : sync(question)
  }
  ann.device.connect()
  ann.device.emit({ c: 'events', k: 'event', pos: 90, name: 'directory.member_changed', at: '', data: {} })
  await expect.poll(() => asked.length).toBe(2)
  await settle()
  const state = ann.engine.store.getState()
  expect(asked[1]).toBe(asked[0])
  expect(state.logs.get('c1')?.messages.get(2)?.state).toBe('recalled')
  ann.device.emit({ c: 'events', k: 'event', pos: 91, name: 'directory.member_changed', at: '', data: {} })
  expect(ann.engine.store.getState().pos).toBe(91)
  ann.engine.stop()
})

test('a list that failed at the first hello is asked for again as a whole', async () => {
  const server = new FakeServer()
  server.store('bob', 'a', { v: 1, kind: 'text', text: 'a' })
  const ann = side(server)
  const list = ann.device.conversations.bind(ann.device)
  let asked = 0
  ann.device.conversations = () => ((asked += 1) < 3 ? Promise.reject(new Error('busy')) : list())
  ann.device.sync = () => Promise.resolve({ pos: server.pos, conversations: [], gone: [], messages: [], changed: [], refetch: false })
  // An address that leads nowhere is no reason to ask for ever.
  ann.engine.open('nowhere').catch(() => undefined)
  const pages = ann.device.messages.bind(ann.device)
  ann.device.messages = (id, at) => (id === 'nowhere' ? Promise.reject(new Error('not found')) : pages(id, at))
  ann.device.connect()
  await expect.poll(() => ann.engine.store.getState().entries.size).toBe(1)
  for (let round = 0; round < 20; round += 1) await settle()
  expect(asked).toBe(3)
  expect(ann.engine.store.getState().listing).toBe('fresh')
  ann.engine.stop()
})

test('what was opened before the first hello is read again: a change in between was told to nobody', async () => {
  const server = new FakeServer()
  for (let n = 0; n < 4; n += 1) server.store('bob', `a${n}`, { v: 1, kind: 'text', text: `${n}` })
  const ann = side(server)
  const early = await ann.device.messages('c1', {})
  const answers: (() => void)[] = []
  const read = ann.device.messages.bind(ann.device)
  ann.device.messages = () => new Promise((resolve) => answers.push(() => resolve(early)))
  const opening = ann.engine.open('c1')
  ann.device.messages = read
  server.change(2, 'recalled')
  ann.device.connect()
  await settle()
  answers[0]?.()
  await opening
  await settle()
  expect(ann.engine.store.getState().logs.get('c1')?.messages.get(2)?.state).toBe('recalled')
  ann.engine.stop()
})

test('when everything is to be read anew and that fails, it is asked for again from where it was', async () => {
  const server = new FakeServer()
  for (let n = 0; n < 4; n += 1) server.store('bob', `a${n}`, { v: 1, kind: 'text', text: `${n}` })
  const ann = side(server)
  ann.device.connect()
  await ann.engine.open('c1')
  await settle()
  const { pos } = ann.engine.store.getState()
  ann.device.disconnect()
  ann.engine.offline()
  server.change(2, 'recalled')
  const asked: (number | null)[] = []
  ann.device.sync = (question) => {
    asked.push(question.pos)
    return Promise.resolve({ pos: 99, conversations: [], gone: [], messages: [], changed: [], refetch: true })
  }
  // First the list fails, then the page at the open end.
  const list = ann.device.conversations.bind(ann.device)
  ann.device.conversations = () => (asked.length < 2 ? Promise.reject(new Error('busy')) : list())
  const read = ann.device.messages.bind(ann.device)
  ann.device.messages = (id, at) => (asked.length < 3 ? Promise.reject(new Error('busy')) : read(id, at))
  ann.device.connect()
  await expect.poll(() => ann.engine.store.getState().pos).toBe(99)
  expect(asked).toEqual([pos, pos, pos])
  expect(ann.engine.store.getState().logs.get('c1')?.messages.get(2)?.state).toBe('recalled')
  ann.engine.stop()
})

test('a mention the server had counted goes when its message is taken back (IM-17)', async () => {
  const server = new FakeServer()
  for (let n = 0; n < 4; n += 1) server.store('bob', `a${n}`, { v: 1, kind: 'text', text: '@ann', mentions: ['ann'] })
  const ann = side(server)
  let [called, asked] = [2, 0]
  const told = () => {
    const conversation = server.conversation('ann')
    return { ...conversation, my: { ...conversation.my, mentions: called } }
  }
  ann.device.conversations = () => Promise.resolve({ items: [told()], next: null })
  ann.device.conversation = () => {
    asked += 1
    return Promise.resolve(told())
  }
  const shown = () => {
    const entry = ann.engine.store.getState().entries.get('c1')
    return entry && mentions(entry)
  }
  ann.device.connect()
  await expect.poll(shown).toBe(2)
  called = 1
  server.change(2, 'recalled')
  ann.device.down(0, true)
  await expect.poll(shown).toBe(1)
  expect(asked, 'told twice, asked once').toBe(1)
  server.change(3, 'edited')
  ann.device.down()
  await settle()
  expect(asked).toBe(1)
  ann.engine.stop()
})
