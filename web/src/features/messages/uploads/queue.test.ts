/** Uploads: three at a time, on across lost connections, and nothing of them left behind. */
import { beforeEach, expect, test, vi } from 'vitest'
import { ApiError } from '~/api/error'
import type { Sealed } from '~/lib/offline/sealed'
import type { UploadedFile } from '../files/types'
import { SealedUploads } from './memory'
import { Uploads } from './queue'
import type { Sending, Transport } from './transport'
import { progress } from './upload'

beforeEach(() => {
  URL.createObjectURL = () => 'blob:x'
  URL.revokeObjectURL = () => undefined
  // jsdom's blobs cannot be read but by a reader.
  Blob.prototype.arrayBuffer = function read(this: Blob) {
    return new Promise((done) => {
      const reader = new FileReader()
      reader.onload = () => reader.result instanceof ArrayBuffer && done(reader.result)
      reader.readAsArrayBuffer(this)
    })
  }
})

const tick = async (rounds = 6) => {
  for (let round = 0; round < rounds; round += 1) await new Promise((done) => setTimeout(done, 0))
}

/** The server's side: each transfer stands still until the test lets it go on. */
class FakeTransport implements Transport {
  readonly sendings: (Sending & { finish: () => void; fail: (error: unknown) => void })[] = []
  readonly dropped: string[] = []
  readonly looks: string[] = []
  answer: (url: string) => UploadedFile = (url) => fileAt(url)
  private made = 0

  send(sending: Sending): Promise<string> {
    const url = sending.url ?? `/v1/uploads/u${(this.made += 1)}`
    if (sending.url === undefined) sending.onUrl(url)
    return new Promise((resolve, reject) => {
      sending.signal.addEventListener('abort', () => reject(sending.signal.reason))
      this.sendings.push({ ...sending, finish: () => resolve(url), fail: reject })
    })
  }
  look(url: string) {
    this.looks.push(url)
    return Promise.resolve().then(() => this.answer(url))
  }
  drop(url: string) {
    this.dropped.push(url)
    return Promise.resolve()
  }
}

const fileAt = (url: string, state: UploadedFile['state'] = 'ready'): UploadedFile => ({ id: url.slice(12), name: 'a', size: 1, media_type: 'image/png', kind: 'picture', has_thumbnail: true, state })
const file = (name: string, size = 10, type = 'application/pdf') => new File(['x'.repeat(size)], name, { type })
const sized = (name: string, size: number) => Object.defineProperty(file(name, 1), 'size', { value: size })
const states = (uploads: Uploads) => uploads.store.getState().items.map((item) => item.state)
const ids = (uploads: Uploads) => uploads.store.getState().items.map((item) => item.id)

function setUp(wait = 0) {
  const transport = new FakeTransport()
  const uploads = new Uploads({ transport, wait: () => wait })
  return { transport, uploads }
}

test('three go at a time, in their order, and the next begins when one is done', async () => {
  const { transport, uploads } = setUp()
  uploads.add('c1', ['a', 'b', 'c', 'd', 'e'].map((name) => file(name)))
  expect(states(uploads)).toEqual(['sending', 'sending', 'sending', 'waiting', 'waiting'])
  expect(transport.sendings.map((one) => one.name)).toEqual(['a', 'b', 'c'])
  transport.sendings[1]?.finish()
  await tick()
  expect(states(uploads)).toEqual(['sending', 'ready', 'sending', 'sending', 'waiting'])
  expect(transport.sendings.at(-1)?.name).toBe('d')
})

test('a lost connection pauses it, and it goes on where it broke off', async () => {
  const { transport, uploads } = setUp(60_000)
  uploads.add('c1', [file('a', 100)])
  transport.sendings[0]?.onProgress(64)
  transport.sendings[0]?.fail(new ApiError({ status: 0, code: 'network.unreachable' }))
  await tick()
  expect(states(uploads)).toEqual(['paused'])
  uploads.online()
  expect(transport.sendings[1]?.url).toBe('/v1/uploads/u1')
  transport.sendings[1]?.finish()
  await tick()
  expect(uploads.status(ids(uploads))).toMatchObject({ t: 'ready', files: [{ id: 'u1' }] })
})

test('a busy server is asked again by itself', async () => {
  const { transport, uploads } = setUp()
  uploads.add('c1', [file('a')])
  transport.sendings[0]?.fail(new ApiError({ status: 423, code: 'files.upload_busy' }))
  await tick()
  expect(states(uploads)).toEqual(['sending'])
  expect(transport.sendings).toHaveLength(2)
})

test.each([
  [413, 'files.too_large'],
  [403, 'files.type_refused'],
  [409, 'files.quota_reached'],
  [503, 'files.no_space'],
])('%i %s ends it until somebody asks again', async (status, code) => {
  const { transport, uploads } = setUp()
  uploads.add('c1', [file('a')])
  transport.sendings[0]?.fail(new ApiError({ status, code }))
  await tick()
  expect(uploads.status(ids(uploads))).toEqual({ t: 'failed', code })
})

test('a server that forgot a broken upload gets it from the beginning', async () => {
  const { transport, uploads } = setUp()
  uploads.add('c1', [file('a')])
  transport.sendings[0]?.fail(new ApiError({ status: 404, code: 'not_found' }))
  await tick()
  expect(transport.sendings[1]?.url).toBeUndefined()
})

test('what is larger than the organisation takes never leaves this device', () => {
  const { transport, uploads } = setUp()
  uploads.limit(50)
  uploads.add('c1', [file('a', 51), file('b', 50)])
  expect(states(uploads)).toEqual(['failed', 'sending'])
  expect(transport.sendings.map((one) => one.name)).toEqual(['b'])
})

test('it is ready when the server has looked at it, not before', async () => {
  vi.useFakeTimers()
  try {
    const { transport, uploads } = setUp()
    transport.answer = (url) => fileAt(url, transport.looks.length < 3 ? 'processing' : 'ready')
    uploads.add('c1', [file('a')])
    transport.sendings[0]?.finish()
    await vi.advanceTimersByTimeAsync(100)
    expect(states(uploads)).toEqual(['looked_at'])
    await vi.advanceTimersByTimeAsync(1_000)
    expect(states(uploads)).toEqual(['ready'])
  } finally {
    vi.useRealTimers()
  }
})

test('cancelling stops it and takes it back from the server; a stored message only forgets', async () => {
  const { transport, uploads } = setUp()
  uploads.add('c1', [file('a'), file('b')])
  const [a = '', b = ''] = ids(uploads)
  uploads.cancel([a])
  expect(transport.sendings[0]?.signal.aborted).toBe(true)
  expect(transport.dropped).toEqual(['/v1/uploads/u1'])
  transport.sendings[1]?.finish()
  await tick()
  uploads.forget([b])
  expect(transport.dropped).toHaveLength(1)
  expect(states(uploads)).toEqual([])
})

test('a file that expired on the server is sent again when its message is tried again', async () => {
  const { transport, uploads } = setUp()
  uploads.add('c1', [file('a')])
  transport.sendings[0]?.finish()
  await tick()
  transport.answer = () => {
    throw new ApiError({ status: 404, code: 'not_found' })
  }
  uploads.retry(ids(uploads))
  await tick()
  expect(transport.sendings[1]?.url).toBeUndefined()
})

test('progress goes by bytes and is only whole when everything is ready', () => {
  const one = { size: 300, sent: 300, state: 'looked_at' as const }
  expect(progress([one, { size: 100, sent: 0, state: 'waiting' }])).toBeCloseTo(0.735)
  expect(progress([one])).toBeLessThan(1)
  expect(progress([{ ...one, state: 'ready' }])).toBe(1)
})

/** Keeps plain values; sealing itself is the browser's. */
class PlainStore implements Sealed {
  readonly kept = new Map<string, unknown>()
  put(kind: string, id: string, value: unknown) {
    this.kept.set(`${kind}/${id}`, structuredClone(value))
    return Promise.resolve()
  }
  get(kind: string, id: string) {
    return Promise.resolve(this.kept.get(`${kind}/${id}`))
  }
  putBytes(kind: string, id: string, bytes: ArrayBuffer) {
    this.kept.set(`${kind}/${id}`, bytes)
    return Promise.resolve()
  }
  getBytes(kind: string, id: string) {
    const held = this.kept.get(`${kind}/${id}`)
    return Promise.resolve(held instanceof ArrayBuffer ? held : undefined)
  }
  all(kind: string) {
    return Promise.resolve([...this.kept].flatMap(([name, value]) => (name.startsWith(`${kind}/`) ? [value] : [])))
  }
  drop(kind: string, id: string) {
    this.kept.delete(`${kind}/${id}`)
    return Promise.resolve()
  }
  sweep() {
    return Promise.resolve()
  }
}

test('after a reload it goes on at the same address; what was too large to remember is chosen again (IM-19)', async () => {
  const store = new PlainStore()
  const first = new FakeTransport()
  const before = new Uploads({ transport: first, memory: new SealedUploads(Promise.resolve(store), 's') })
  before.add('c1', [file('small.txt', 5), sized('large.bin', 4 * 1024 ** 3)])
  before.take(ids(before))
  await vi.waitFor(() => expect(store.kept.size).toBe(3))

  const transport = new FakeTransport()
  const after = new Uploads({ transport, memory: new SealedUploads(Promise.resolve(store), 's') })
  await after.restore()
  expect(states(after)).toEqual(['sending', 'failed'])
  expect(transport.sendings[0]).toMatchObject({ name: 'small.txt', url: '/v1/uploads/u1' })
  expect(transport.sendings[0]?.blob.size).toBe(5)
  const [, large = ''] = ids(after)
  expect(after.choose(large, file('other.bin', 3))).toBe(false)
  expect(after.choose(large, sized('large.bin', 4 * 1024 ** 3))).toBe(true)
  expect(transport.sendings[1]?.url).toBe('/v1/uploads/u2')
  after.forget(ids(after))
  await vi.waitFor(() => expect(store.kept.size).toBe(0))
})
