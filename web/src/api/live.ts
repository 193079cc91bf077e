/** The socket of one sign-in in one organisation: connect, keep alive, come back, say goodbye. */
import { type Bye, type ByeCode, type ClientFrame, type Hello, readFrame, type ServerFrame } from './frames'

/** `waiting` is between two attempts; `ended` never comes back by itself. */
export type LiveStatus = 'idle' | 'connecting' | 'online' | 'waiting' | 'ended'

export interface LiveState {
  status: LiveStatus
  /** Failed attempts since the last hello. */
  failures: number
  /** When the next attempt is due, in milliseconds. */
  retryAt: number | null
  /** Whether the server tells what happened since the connection before. If not, what was read before the hello may be old. */
  isResumed: boolean
  /** Why the server ended this sign-in. */
  farewell: ByeCode | null
}

/** The part of WebSocket that is used, so that tests can bring their own. */
export interface Wire {
  onmessage: ((event: MessageEvent) => void) | null
  onclose: ((event: CloseEvent) => void) | null
  send(text: string): void
  close(code?: number): void
}

export interface LiveOptions {
  /** Opens a socket that resumes after `pos`. */
  open: (pos: number | null) => Wire
  /** The server ended the sign-in, or lets nobody into the organisation. */
  onFarewell: (code: ByeCode) => void
  /** Several attempts failed: perhaps the sign-in is gone and the socket cannot say so. */
  onStalled: () => void
  random?: () => number
  now?: () => number
}

type Listener = (frame: ServerFrame) => void

const FIRST_DELAY_MS = 500
const LONGEST_DELAY_MS = 30_000
const PONG_WITHIN_MS = 10_000
const HELLO_WITHIN_MS = 15_000
const STALLED_AFTER = 3
const final = new Set<ByeCode>(['revoked', 'suspended', 'organisation_suspended', 'signed_out'])
const slow = new Set<ByeCode>(['too_many', 'bad_frame'])

/** The wait before attempt `failures`: doubled each time, half of it drawn by lot so that clients do not return in step. */
export function backOff(failures: number, random: () => number): number {
  const top = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.max(0, failures - 1))
  return Math.round(top / 2 + random() * (top / 2))
}

export class Live {
  private state: LiveState = { status: 'idle', failures: 0, retryAt: null, isResumed: false, farewell: null }
  private wire: Wire | null = null
  private bye: Bye | null = null
  private pos: number | null = null
  private retry: ReturnType<typeof setTimeout> | undefined
  private beat: ReturnType<typeof setInterval> | undefined
  private pong: ReturnType<typeof setTimeout> | undefined
  private pings = 0
  private readonly listeners = new Set<Listener>()
  private readonly watchers = new Set<() => void>()
  private readonly options: LiveOptions
  private readonly random: () => number
  private readonly now: () => number

  constructor(options: LiveOptions) {
    this.options = options
    this.random = options.random ?? Math.random
    this.now = options.now ?? Date.now
  }

  /** For `useSyncExternalStore`. */
  readonly subscribe = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher)
    return () => this.watchers.delete(watcher)
  }

  readonly snapshot = (): LiveState => this.state

  /** Hears every frame after it was understood. */
  on(listener: Listener): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  start(pos: number | null): void {
    this.pos = pos
    if (this.state.status === 'idle') this.connect()
  }

  stop(): void {
    this.hangUp()
    this.change({ status: 'idle', failures: 0, retryAt: null })
  }

  /** Tries at once: the network came back, or somebody pressed the button. */
  reconnect(): void {
    if (this.state.status === 'waiting') this.connect()
  }

  /** The network is gone for certain: no need to wait for a heartbeat to notice. */
  lost(): void {
    if (this.state.status === 'online' || this.state.status === 'connecting') this.closed()
  }

  /** False when the frame could not leave; whoever needs it delivered keeps it. */
  send(frame: ClientFrame): boolean {
    if (this.state.status !== 'online' || !this.wire) return false
    this.wire.send(JSON.stringify(frame))
    return true
  }

  private connect(): void {
    clearTimeout(this.retry)
    this.change({ status: 'connecting', retryAt: null })
    const wire = this.options.open(this.pos)
    this.wire = wire
    wire.onmessage = (event) => {
      if (this.wire === wire) this.receive(event.data)
    }
    wire.onclose = () => {
      if (this.wire === wire) this.closed()
    }
    clearTimeout(this.pong)
    this.pong = setTimeout(() => this.closed(), HELLO_WITHIN_MS)
  }

  private receive(data: unknown): void {
    const frame = readFrame(data)
    if (!frame) return
    if (frame.c === 'sys' && frame.k === 'hello') this.greeted(frame)
    if (frame.c === 'sys' && frame.k === 'pong') clearTimeout(this.pong)
    if (frame.c === 'sys' && frame.k === 'bye') this.bye = frame
    if (frame.c === 'events') this.pos = Math.max(this.pos ?? 0, frame.pos)
    for (const listener of this.listeners) listener(frame)
  }

  /** On a first connection the position is the server's; on a resumed one what was missed is still to come. */
  private greeted(hello: Hello): void {
    const isResumed = this.pos !== null
    this.pos ??= hello.pos
    this.change({ status: 'online', failures: 0, retryAt: null, isResumed })
    clearTimeout(this.pong)
    clearInterval(this.beat)
    this.beat = setInterval(() => this.ping(), hello.heartbeat_s * 1000)
  }

  private ping(): void {
    this.pings += 1
    this.send({ c: 'sys', k: 'ping', id: String(this.pings) })
    clearTimeout(this.pong)
    this.pong = setTimeout(() => this.closed(), PONG_WITHIN_MS)
  }

  /** The connection is gone: for good if the server said so, otherwise until the next attempt. */
  private closed(): void {
    const bye = this.bye
    this.hangUp()
    if (bye && final.has(bye.code)) {
      this.change({ status: 'ended', farewell: bye.code, retryAt: null })
      this.options.onFarewell(bye.code)
      return
    }
    const failures = this.state.failures + 1
    const asked = bye?.retry_s ? bye.retry_s * 1000 * (1 + this.random()) : 0
    const least = bye && slow.has(bye.code) ? LONGEST_DELAY_MS : asked
    const wait = Math.max(least, backOff(failures, this.random))
    this.change({ status: 'waiting', failures, retryAt: this.now() + wait })
    this.retry = setTimeout(() => this.connect(), wait)
    if (failures % STALLED_AFTER === 0) this.options.onStalled()
  }

  private hangUp(): void {
    clearTimeout(this.retry)
    clearTimeout(this.pong)
    clearInterval(this.beat)
    const wire = this.wire
    this.wire = null
    this.bye = null
    if (!wire) return
    wire.onmessage = null
    wire.onclose = null
    wire.close(1000)
  }

  private change(part: Partial<LiveState>): void {
    this.state = { ...this.state, ...part }
    for (const watcher of this.watchers) watcher()
  }
}

/** The socket's address on the host that served this page. */
export function socketUrl(origin: string, organisation: string, pos: number | null): string {
  const url = new URL('/v1/socket', origin.replace(/^http/, 'ws'))
  url.searchParams.set('organisation', organisation)
  if (pos !== null) url.searchParams.set('pos', String(pos))
  return url.toString()
}
