/** The socket's life: greeted, kept alive, lost and found again, or ended for good. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { readFrame } from './frames'
import { backOff, Live, socketUrl, type Wire } from './live'

class FakeWire implements Wire {
  onmessage: Wire['onmessage'] = null
  onclose: Wire['onclose'] = null
  readonly sent: string[] = []
  isClosed = false
  send(text: string) {
    this.sent.push(text)
  }
  close() {
    this.isClosed = true
  }
  says(frame: object) {
    this.onmessage?.(new MessageEvent('message', { data: JSON.stringify(frame) }))
  }
  breaks() {
    this.onclose?.(new CloseEvent('close'))
  }
}

const hello = { c: 'sys', k: 'hello', version: '0', session_id: 's', member_id: 'm', pos: 7, heartbeat_s: 30, frame_bytes: 65_536 }

function setUp() {
  const wires: FakeWire[] = []
  const asked: (number | null)[] = []
  const farewells: string[] = []
  const stalled = vi.fn<() => void>()
  const live = new Live({
    open: (pos) => {
      const wire = new FakeWire()
      wires.push(wire)
      asked.push(pos)
      return wire
    },
    onFarewell: (code) => farewells.push(code),
    onStalled: stalled,
    random: () => 0.5,
  })
  const last = () => {
    const wire = wires.at(-1)
    if (!wire) throw new Error('nothing was opened')
    return wire
  }
  return { live, wires, asked, farewells, stalled, last }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('is online from the greeting on, and sends only then', () => {
  const { live, last } = setUp()
  live.start(null)
  expect(live.send({ c: 'presence', k: 'active' })).toBe(false)
  last().says(hello)
  expect(live.snapshot().status).toBe('online')
  expect(live.send({ c: 'presence', k: 'active' })).toBe(true)
  expect(last().sent).toEqual(['{"c":"presence","k":"active"}'])
})

test('comes back after a loss and resumes after the last event', () => {
  const { live, last, asked, wires } = setUp()
  live.start(null)
  last().says(hello)
  last().says({ c: 'events', k: 'event', pos: 12, name: 'chat.my_changed', at: '', data: {} })
  last().breaks()
  expect(live.snapshot().status).toBe('waiting')
  vi.advanceTimersByTime(1_000)
  expect(wires).toHaveLength(2)
  expect(asked).toEqual([null, 12])
})

test('a window that heard no event resumes after the position of its first hello, and says that it began there', () => {
  const { live, last, asked } = setUp()
  live.start(null)
  last().says(hello)
  expect(live.snapshot().isResumed).toBe(false)
  last().breaks()
  vi.advanceTimersByTime(1_000)
  expect(asked).toEqual([null, 7])
  // What was missed follows: a second break before it has come must not skip it.
  last().says({ ...hello, pos: 20 })
  expect(live.snapshot().isResumed).toBe(true)
  last().breaks()
  vi.advanceTimersByTime(1_000)
  expect(asked).toEqual([null, 7, 7])
})

test('a start anew knows no position and is told one', () => {
  const { live, last, asked } = setUp()
  live.start(null)
  last().says(hello)
  live.stop()
  live.start(null)
  last().says({ ...hello, pos: 9 })
  expect(live.snapshot().isResumed).toBe(false)
  last().breaks()
  vi.advanceTimersByTime(1_000)
  expect(asked).toEqual([null, null, 9])
})

test('a server that stops answering is left for a new connection', () => {
  const { live, last, wires } = setUp()
  live.start(null)
  last().says(hello)
  vi.advanceTimersByTime(30_000)
  expect(last().sent.at(-1)).toContain('ping')
  last().says({ c: 'sys', k: 'pong', id: '1' })
  vi.advanceTimersByTime(30_000)
  vi.advanceTimersByTime(10_000)
  expect(wires[0]?.isClosed).toBe(true)
  expect(live.snapshot().status).toBe('waiting')
})

test.each(['revoked', 'suspended', 'organisation_suspended', 'signed_out'])('%s ends it for good, with the reason', (code) => {
  const { live, last, farewells, wires } = setUp()
  live.start(null)
  last().says(hello)
  last().says({ c: 'sys', k: 'bye', code })
  last().breaks()
  vi.advanceTimersByTime(120_000)
  expect(farewells).toEqual([code])
  expect(live.snapshot().status).toBe('ended')
  expect(wires).toHaveLength(1)
})

test('a restart is waited for as long as the server asks, never in step with others', () => {
  const { live, last, wires } = setUp()
  live.start(null)
  last().says(hello)
  last().says({ c: 'sys', k: 'bye', code: 'restart', retry_s: 4 })
  last().breaks()
  vi.advanceTimersByTime(5_900)
  expect(wires).toHaveLength(1)
  vi.advanceTimersByTime(200)
  expect(wires).toHaveLength(2)
})

test('waits longer each time up to half a minute, and asks the API after three failures', () => {
  expect([1, 2, 3, 10].map((failures) => backOff(failures, () => 1))).toEqual([500, 1_000, 2_000, 30_000])
  expect(backOff(10, () => 0)).toBe(15_000)
  const { live, last, stalled } = setUp()
  live.start(null)
  for (let round = 0; round < 3; round += 1) {
    last().breaks()
    vi.advanceTimersByTime(2_500)
  }
  expect(stalled).toHaveBeenCalledTimes(1)
})

test('a frame that is not understood is passed over', () => {
  expect(readFrame('{"c":"video","k":"offer"}')).toBeUndefined()
  expect(readFrame('{"c":"chat","k":"message"}')).toBeUndefined()
  expect(readFrame('not json')).toBeUndefined()
  expect(readFrame(new ArrayBuffer(2))).toBeUndefined()
})

test('the address of the socket', () => {
  expect(socketUrl('https://a.example', 'yunwu', 4)).toBe('wss://a.example/v1/socket?organisation=yunwu&pos=4')
  expect(socketUrl('http://127.0.0.1:8080', 'yunwu', null)).toBe('ws://127.0.0.1:8080/v1/socket?organisation=yunwu')
})
