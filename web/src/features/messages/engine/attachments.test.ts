/** IM-06, IM-19: messages with files keep their order, leave once, and lose nothing. */
import { beforeEach, expect, test } from 'vitest'
import { ApiError } from '~/api/error'
import type { UploadedFile } from '../files/types'
import { Uploads } from '../uploads/queue'
import type { Transport } from '../uploads/transport'
import { Engine } from './engine'
import { FakeServer } from './fakeServer'

const NOW = Date.UTC(2026, 10, 22, 9)

beforeEach(() => {
  URL.createObjectURL = () => 'blob:x'
  URL.revokeObjectURL = () => undefined
})

/** Bob's window: a chat server in memory, and uploads that end when the test says so. */
async function setUp() {
  const server = new FakeServer()
  server.store('ann', 'a1', { v: 1, kind: 'text', text: 'hello' })
  const ends: { finish: () => void; fail: (error: unknown) => void }[] = []
  const file = (url: string): UploadedFile => ({ id: url, name: 'a', size: 1, media_type: 'image/png', kind: 'picture', has_thumbnail: true, state: 'ready' })
  const transport: Transport = {
    send: ({ name, onUrl }) => {
      onUrl(name)
      return new Promise((resolve, reject) => ends.push({ finish: () => resolve(name), fail: reject }))
    },
    look: (url) => Promise.resolve(file(url)),
    drop: () => Promise.resolve(),
  }
  const uploads = new Uploads({ transport, wait: () => 60_000 })
  const device = server.device('bob')
  const engine = new Engine({ me: 'bob', api: device, wire: device, attachments: uploads, now: () => NOW })
  engine.start()
  device.connect()
  await engine.open('c1')
  const attach = (name: string, size = 10) => {
    uploads.add('c1', [Object.defineProperty(new File(['x'], name), 'size', { value: size })])
    return uploads.store.getState().items.at(-1)?.id ?? ''
  }
  const settle = async () => {
    for (let round = 0; round < 6; round += 1) {
      await new Promise((done) => setTimeout(done, 0))
      device.up()
      device.down()
    }
  }
  const said = () => server.messages.filter((one) => one.author_id === 'bob').map((one) => (one.body?.kind === 'text' ? one.body.text : ''))
  const outbox = () => engine.store.getState().outbox
  const say = (text: string, files: string[] = []) => engine.send('c1', { v: 1, kind: 'text', text }, files)
  return { server, engine, device, uploads, ends, attach, settle, said, outbox, say }
}

test('a message waits for its files, and what is written after it waits for the message', async () => {
  const { attach, say, settle, said, ends, server, uploads, engine } = await setUp()
  const id = attach('a')
  say('look', [id])
  say('see?')
  await settle()
  expect(said()).toEqual([])
  ends[0]?.finish()
  await settle()
  expect(said()).toEqual(['look', 'see?'])
  expect(server.messages[1]?.body).toMatchObject({ text: 'look', files: [{ id: 'a' }] })
  expect(engine.store.getState().logs.get('c1')?.messages.get(2)?.body).toMatchObject({ text: 'look', files: [{ id: 'a' }] })
  expect(uploads.store.getState().items).toEqual([])
})

test('a file that takes long holds nobody up', async () => {
  const { attach, say, settle, said, ends } = await setUp()
  const id = attach('film', 300 * 1024 * 1024)
  say('the film', [id])
  say('it is coming')
  await settle()
  expect(said()).toEqual(['it is coming'])
  ends[0]?.finish()
  await settle()
  expect(said()).toEqual(['it is coming', 'the film'])
})

test('a refused file fails its message; the next ones go, and it can be sent again', async () => {
  const { attach, say, settle, said, ends, outbox, engine } = await setUp()
  const id = attach('a')
  const message = say('look', [id])
  say('next')
  ends[0]?.fail(new ApiError({ status: 409, code: 'files.quota_reached' }))
  await settle()
  expect(said()).toEqual(['next'])
  expect(outbox()).toMatchObject([{ state: 'failed', code: 'files.quota_reached' }])
  engine.sender.retry(message)
  ends[1]?.finish()
  await settle()
  expect(said()).toEqual(['next', 'look'])
})

test('deleting a message that was not sent takes its files back', async () => {
  const { attach, say, uploads, engine, outbox } = await setUp()
  engine.sender.drop(say('look', [attach('a')]))
  expect(outbox()).toEqual([])
  expect(uploads.store.getState().items).toEqual([])
})

test('offline it keeps its place, and leaves once when the connection is back', async () => {
  const { attach, say, settle, said, ends, device, engine } = await setUp()
  say('one')
  device.disconnect()
  engine.offline()
  say('two', [attach('a')])
  say('three')
  ends[0]?.finish()
  await settle()
  expect(said()).toEqual([])
  device.connect()
  await settle()
  expect(said()).toEqual(['one', 'two', 'three'])
})
