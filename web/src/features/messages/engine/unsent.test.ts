/** Words that were not sent before one was taken out of a conversation: told and kept, and nothing of the others with them (IM-16). */
import { expect, test } from 'vitest'
import { Cache } from './cache'
import { Engine } from './engine'
import { PlainStore } from './fakeSealed'
import { FakeServer } from './fakeServer'
import { NOT_IN_IT } from './outbox'
import { justLost } from './unsent'

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))

/** Ann wrote offline and began something more; then she was taken out. */
async function takenOut() {
  const server = new FakeServer()
  server.store('bob', 'a', { v: 1, kind: 'text', text: 'secret' })
  const kept = new PlainStore()
  const device = server.device('ann')
  const engine = new Engine({ me: 'ann', api: device, wire: device, memory: new Cache(Promise.resolve(kept)), retryMs: 1 })
  engine.start()
  device.connect()
  await engine.open('c1')
  device.disconnect()
  engine.offline()
  engine.send('c1', { v: 1, kind: 'text', text: 'my answer', reply_to: { seq: 1, author_id: 'bob', excerpt: 'secret' } })
  engine.draft('c1', { text: 'and one more', reply_to: 1 })
  device.conversation = () => Promise.resolve(null)
  device.sync = () => Promise.resolve({ pos: 50, conversations: [], gone: ['c1'], messages: [], changed: [], refetch: false })
  const lost: string[] = []
  engine.store.subscribe((state, before) => lost.push(...justLost(state, before).map((item) => item.body.text)))
  const words = () => engine.store.getState().outbox.map((item) => item.body.text)
  return { server, kept, device, engine, lost, words }
}

test('what was not sent stays, says why, and quotes nobody', async () => {
  const { server, kept, device, engine, lost, words } = await takenOut()
  await engine.sync.refresh('c1')
  await settle()
  const { outbox, entries, unsaved } = engine.store.getState()
  expect([entries.size, unsaved.size]).toEqual([0, 0])
  expect(outbox.map(({ body, state, code, gone_from, is_draft }) => [body.text, state, code, gone_from, is_draft === true])).toEqual([
    ['my answer', 'failed', NOT_IN_IT, 'Move', false],
    ['and one more', 'failed', NOT_IN_IT, 'Move', true],
  ])
  expect(lost).toEqual(words())
  const held = JSON.stringify([...kept.kept])
  expect(held).toContain('my answer')
  expect(held).toContain('and one more')
  expect(held).not.toContain('secret')
  expect(JSON.stringify(outbox)).not.toContain('secret')
  // The connection comes back: nothing of it leaves, and it is told once.
  device.connect()
  device.up()
  await settle()
  expect(server.messages.filter((message) => message.author_id === 'ann')).toEqual([])
  await engine.sync.refresh('c1')
  expect(lost.length).toBe(2)
  engine.stop()
})

test('what the screen writes while it is being left takes the place of the draft', async () => {
  const { kept, engine, words } = await takenOut()
  await engine.sync.refresh('c1')
  engine.draft('c1', { text: 'and one more thing', reply_to: null })
  await settle()
  expect(words()).toEqual(['my answer', 'and one more thing'])
  expect([...kept.kept.keys()].filter((name) => name.startsWith('outbox/')).length).toBe(2)
  engine.stop()
})

test('it comes back with the next page, until it is deleted', async () => {
  const { kept, engine, words } = await takenOut()
  await engine.sync.refresh('c1')
  await settle()
  engine.stop()
  const cache = new Cache(Promise.resolve(kept))
  const device = new FakeServer().device('ann')
  const next = new Engine({ me: 'ann', api: device, wire: device, memory: cache })
  next.sender.restore(await cache.outgoing())
  const back = next.store.getState().outbox
  expect(new Set(back.map((item) => item.body.text))).toEqual(new Set(words()))
  for (const item of back) next.sender.drop(item.client_id)
  await settle()
  expect(await cache.outgoing()).toEqual([])
})
