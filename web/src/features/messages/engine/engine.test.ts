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
