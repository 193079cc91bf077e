/** IM-17, IM-19: after any history every device has exactly what it may see, in one order, without gap or double, with the right count. */
import { describe, expect, test } from 'vitest'
import type { TextBody } from '~/api/types'
import { Engine } from './engine'
import { unread } from './entry'
import { FakeServer, type FakeDevice } from './fakeServer'
import { rangeAt } from './ranges'

const NOW = Date.UTC(2026, 10, 22, 9)

interface Side {
  device: FakeDevice
  engine: Engine
  posted: number
}

/** A small generator of numbers, so that a failing run can be repeated by its seed. */
function lots(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 0x1_0000_0000) * below)
  }
}

function side(server: FakeServer, member: string): Side {
  const device = server.device(member)
  const engine = new Engine({ me: member, api: device, wire: device, now: () => NOW, retryMs: 1 })
  engine.start()
  return { device, engine, posted: 0 }
}

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))

function say(one: Side, text: string): void {
  const body: TextBody = { v: 1, kind: 'text', text }
  one.engine.send('c1', body)
  one.posted += 1
}

function step(server: FakeServer, sides: readonly Side[], lot: (below: number) => number, round: number): void {
  const one = sides[lot(sides.length)]
  if (!one) return
  switch (lot(9)) {
    case 0:
      return (one.device.disconnect(), one.engine.offline())
    case 1:
      return one.device.connect()
    case 2:
    case 3:
      return say(one, `${one.device.member} ${round}`)
    case 4:
      return server.change(1 + lot(Math.max(1, server.messages.length)), lot(2) ? 'edited' : 'recalled')
    case 5:
      return readSome(one, lot)
    case 6:
      return one.device.up()
    default:
      return one.device.down(lot(3), lot(4) === 0)
  }
}

function readSome(one: Side, lot: (below: number) => number): void {
  const last = one.engine.store.getState().logs.get('c1')?.last ?? 0
  const seq = lot(last + 1)
  if (seq > 0) one.engine.read('c1', seq, seq)
}

/** Everybody comes back and everything under way arrives. */
async function calm(sides: readonly Side[]): Promise<void> {
  for (const { device } of sides) device.connect()
  for (let round = 0; round < 200; round += 1) {
    for (const { device } of sides) {
      device.up()
      device.down()
    }
    await settle()
    const isQuiet = sides.every(
      ({ device, engine }) =>
        device.inbound.length === 0 && device.outbound.length === 0 && engine.store.getState().outbox.length === 0,
    )
    if (isQuiet && round > 5) return
  }
}

function seen(one: Side): unknown {
  const state = one.engine.store.getState()
  const log = state.logs.get('c1')
  if (!log || log.follow === null) return null
  const range = rangeAt(log.ranges, log.follow)
  const items = []
  for (let seq = Math.max(1, range?.from ?? 1); seq <= (range?.to ?? 0); seq += 1) {
    const message = log.messages.get(seq)
    items.push([seq, message?.author_id, message?.state, message?.body, message?.edited_at])
  }
  const entry = state.entries.get('c1')
  return { items, unread: entry ? unread(entry) : null, last: entry?.last.seq }
}

function truth(server: FakeServer, member: string, from: number): unknown {
  const items = server.messages
    .filter((message) => message.seq >= from)
    .map((message) => [message.seq, message.author_id, message.state, message.body, message.edited_at])
  return {
    items,
    unread: server.messages.length - (server.reads.get(member)?.n ?? 0),
    last: server.messages.length,
  }
}

describe('any history ends in the same place on every device', () => {
  for (let seed = 1; seed <= 40; seed += 1) {
    test(`history ${seed}`, async () => {
      const lot = lots(seed)
      const server = new FakeServer()
      const sides = ['ann', 'ann', 'bob', 'cen'].map((member) => side(server, member))
      for (const one of sides) {
        if (lot(4) > 0) one.device.connect()
        void one.engine.open('c1')
      }
      await settle()
      for (let round = 0; round < 120; round += 1) {
        step(server, sides, lot, round)
        if (lot(3) === 0) await settle()
      }
      await calm(sides)
      const posted = sides.reduce((sum, one) => sum + one.posted, 0)
      expect(server.messages.length).toBe(posted)
      for (const one of sides) {
        const log = one.engine.store.getState().logs.get('c1')
        const from = log && log.follow !== null ? (rangeAt(log.ranges, log.follow)?.from ?? 1) : 1
        expect(seen(one)).toEqual(truth(server, one.device.member, Math.max(1, from)))
        one.engine.stop()
      }
    })
  }
})

test('what one person writes offline arrives in the order it was written, once', async () => {
  const server = new FakeServer()
  const ann = side(server, 'ann')
  const bob = side(server, 'bob')
  bob.device.connect()
  ann.device.connect()
  await ann.engine.open('c1')
  await bob.engine.open('c1')
  ann.device.disconnect()
  ann.engine.offline()
  for (let index = 0; index < 8; index += 1) say(ann, `line ${index}`)
  ann.device.connect()
  ann.device.up()
  ann.device.disconnect()
  ann.engine.offline()
  await calm([ann, bob])
  const texts = server.messages.map((message) => (message.body?.kind === 'text' ? message.body.text : ''))
  expect(texts).toEqual(Array.from({ length: 8 }, (_, index) => `line ${index}`))
  expect(ann.engine.store.getState().outbox).toEqual([])
})

test('what was lost on the way between nodes is asked for when the server says that something may be missing', async () => {
  const server = new FakeServer()
  const device = server.device('ann')
  const engine = new Engine({ me: 'ann', api: device, wire: device, now: () => NOW, spreadMs: 0 })
  engine.start()
  device.connect()
  await engine.open('c1')
  await settle()
  for (let n = 0; n < 3; n += 1) server.store('bob', `lost ${n}`, { v: 1, kind: 'text', text: `${n}` })
  device.inbound.length = 0
  expect(engine.store.getState().entries.get('c1')?.last.seq).toBe(0)
  device.emit({ c: 'sys', k: 'missed' })
  for (let round = 0; round < 20; round += 1) await settle()
  const state = engine.store.getState()
  expect(state.entries.get('c1')?.last.seq).toBe(3)
  expect([...(state.logs.get('c1')?.messages.keys() ?? [])]).toEqual([1, 2, 3])
  engine.stop()
})

/** A device that has read the group and then missed `count` messages. */
async function returning(count: number) {
  const server = new FakeServer()
  for (let n = 0; n < 8; n += 1) server.store('bob', `a${n}`, { v: 1, kind: 'text', text: `${n}` })
  const ann = side(server, 'ann')
  ann.device.connect()
  await ann.engine.open('c1')
  ann.device.disconnect()
  ann.engine.offline()
  for (let n = 0; n < count; n += 1) server.store('bob', `b${n}`, { v: 1, kind: 'text', text: `${n}` })
  ann.device.connect()
  for (let round = 0; round < 80; round += 1) await settle()
  const log = ann.engine.store.getState().logs.get('c1')
  const range = log && log.follow !== null ? rangeAt(log.ranges, log.follow) : undefined
  ann.engine.stop()
  return { server, ann, range }
}

test('a short absence is walked through: nothing is missing in between', async () => {
  const { range } = await returning(60)
  expect(range).toEqual({ from: 4, to: 68 })
})

test('a long absence loads the newest page; the rest comes when it is scrolled to', async () => {
  const { ann, range } = await returning(900)
  expect(range).toEqual({ from: 904, to: 908 })
  await ann.engine.history.older('c1', 904)
  const log = ann.engine.store.getState().logs.get('c1')
  expect(log && rangeAt(log.ranges, 908)?.from).toBe(899)
})

test('when too much was missed the list and the open end are loaded anew', async () => {
  const server = new FakeServer()
  for (let n = 0; n < 8; n += 1) server.store('bob', `a${n}`, { v: 1, kind: 'text', text: `${n}` })
  const ann = side(server, 'ann')
  ann.device.connect()
  await ann.engine.open('c1')
  await settle()
  ann.device.disconnect()
  ann.engine.offline()
  server.store('bob', 'late', { v: 1, kind: 'text', text: 'late' })
  ann.device.sync = () => Promise.resolve({ pos: 99, conversations: [], gone: [], messages: [], changed: [], refetch: true })
  ann.device.connect()
  for (let round = 0; round < 10; round += 1) await settle()
  const state = ann.engine.store.getState()
  expect(state.logs.get('c1')?.messages.get(9)?.body).toEqual({ v: 1, kind: 'text', text: 'late' })
  expect(state.pos).toBe(99)
  ann.engine.stop()
})

test('a conversation one is no longer part of leaves nothing behind (IM-16)', async () => {
  const server = new FakeServer()
  server.store('bob', 'a', { v: 1, kind: 'text', text: 'secret' })
  const ann = side(server, 'ann')
  ann.device.connect()
  await ann.engine.open('c1')
  ann.device.conversation = () => Promise.resolve(null)
  ann.device.emit({ c: 'events', k: 'event', pos: 50, name: 'chat.members_changed', at: '', data: { conversation: 'c1' } })
  await settle()
  expect(JSON.stringify([...ann.engine.store.getState().logs])).not.toContain('secret')
  expect(ann.engine.store.getState().entries.size).toBe(0)
  ann.engine.stop()
})

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
