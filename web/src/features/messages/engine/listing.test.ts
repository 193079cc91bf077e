/** IM-01, IM-19: a list that arrives late takes nothing back that came meanwhile. */
import { expect, test } from 'vitest'
import { Engine } from './engine'
import { unread } from './entry'
import { FakeServer } from './fakeServer'

const NOW = Date.UTC(2026, 10, 22, 9)

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))

/** A device whose list is asked for now and answered when the test says so, with what the server knew when it was asked. */
function slowList(server: FakeServer) {
  const device = server.device('ann')
  const waiting: (() => void)[] = []
  const known = server.conversation('ann')
  const hidden = { ...known, my: { ...known.my, is_hidden: true } }
  let items = [hidden]
  device.conversations = () => {
    const answer = { items, next: null }
    return new Promise((resolve) => waiting.push(() => resolve(answer)))
  }
  const engine = new Engine({ me: 'ann', api: device, wire: device, now: () => NOW, retryMs: 1 })
  return { device, engine, answer: () => waiting.splice(0).forEach((tell) => tell()), begin: (list: typeof items) => (items = list) }
}

test('a list read just before the first message does not hide the conversation that began earlier (IM-01)', async () => {
  const server = new FakeServer()
  const { device, engine, answer } = slowList(server)
  engine.start()
  device.connect()
  server.store('bob', 'first', { v: 1, kind: 'text', text: 'hello' })
  device.down()
  await settle()
  answer()
  await settle()
  const entry = engine.store.getState().entries.get('c1')
  expect(entry?.conversation.my.is_hidden).toBe(false)
  expect(entry && unread(entry)).toBe(1)
  engine.stop()
})

test('a list read before a conversation began, or while it moved between two pages, does not take it away', async () => {
  const server = new FakeServer()
  const { device, engine, answer, begin } = slowList(server)
  begin([])
  engine.start()
  device.connect()
  server.store('bob', 'first', { v: 1, kind: 'text', text: 'hello' })
  device.down()
  await settle()
  expect(engine.store.getState().entries.has('c1')).toBe(true)
  answer()
  await settle()
  expect(engine.store.getState().entries.has('c1')).toBe(true)
  device.conversation = () => Promise.resolve(null)
  engine.reload()
  answer()
  await settle()
  expect(engine.store.getState().entries.has('c1')).toBe(false)
  engine.stop()
})
