/** The messages engine: one for each sign-in and organisation. It joins socket, API and memory; screens only read its store. */
import { type EventData, type ServerFrame } from '~/api/frames'
import type { OutgoingBody } from '../files/types'
import { followAttachments } from './attachments'
import { Drafts, followDrafts } from './drafts'
import { type Entry, mayHaveCalled, readUpTo } from './entry'
import { History } from './history'
import { expire, gap } from './log'
import { type Attachments, type ChatApi, type ChatWire, type Draft, type Memory, noMemory } from './port'
import { Sender } from './sender'
import { reduce, untype } from './reduce'
import { begin, withEntry, withKey } from './state'
import { type ChatStore, createChatStore, update } from './store'
import { Sync } from './sync'
import { followUnsent } from './unsent'

export interface EngineOptions {
  me: string
  api: ChatApi
  wire: ChatWire
  memory?: Memory
  attachments?: Attachments
  now?: () => number
  /** Wait before asking again after a failed catch-up. */
  retryMs?: number
}

const TYPING_EVERY_MS = 3_000
const EXPIRE_EVERY_MS = 60_000

/** The conversation an event speaks of. */
export function conversationOf(data: EventData): string | null {
  const id = data['conversation']
  return typeof id === 'string' ? id : null
}

export class Engine {
  readonly store: ChatStore
  readonly history: History
  readonly sync: Sync
  readonly sender: Sender
  private readonly drafts: Drafts
  private readonly wire: ChatWire
  private readonly attachments: Attachments | undefined
  private readonly now: () => number
  private readonly retryMs: number
  private readonly pendingReads = new Map<string, number>()
  private readonly typedAt = new Map<string, number>()
  private readonly stops: (() => void)[] = []
  private retry: ReturnType<typeof setTimeout> | undefined
  private remembered: Promise<unknown> = Promise.resolve()

  constructor(options: EngineOptions) {
    this.store = createChatStore(options.me)
    this.wire = options.wire
    this.now = options.now ?? Date.now
    this.retryMs = options.retryMs ?? 3_000
    this.history = new History(this.store, options.api)
    this.sync = new Sync(this.store, options.api, this.history)
    const memory = options.memory ?? noMemory
    this.sender = new Sender(this.store, options.wire, memory, this.now, options.attachments)
    followDrafts(this.store, memory)
    followUnsent(this.store, memory)
    this.drafts = new Drafts({ store: this.store, api: options.api, wire: options.wire, sync: this.sync, retryMs: this.retryMs, now: this.now })
    this.attachments = options.attachments
  }

  /** Begins to listen; what this device remembers comes first, so that the server is only asked for the difference. */
  start(remembered: Promise<unknown> = Promise.resolve()): void {
    this.remembered = remembered
    this.stops.push(this.wire.on((frame) => this.hear(frame)))
    if (this.attachments) this.stops.push(followAttachments(this.store, this.attachments, this.sender))
    const ticking = setInterval(() => update(this.store, (state) => untype(state, this.now())), 1_000)
    const expiring = setInterval(() => this.expire(), EXPIRE_EVERY_MS)
    this.stops.push(
      () => clearInterval(ticking),
      () => clearInterval(expiring),
    )
    void remembered.then(() => {
      this.drafts.flush()
      this.reload()
    })
  }

  stop(): void {
    this.offline()
    for (const stop of this.stops.splice(0)) stop()
  }

  /** Loads the list again; what is on the screen stays until the answer is there. */
  reload(): void {
    this.sync.list().catch(() => {
      update(this.store, (state) => (state.listing === 'loading' ? { ...state, listing: 'failed' } : state))
    })
  }

  /**
   * A conversation is opened: its readers are followed, and its newest page is loaded unless it is held. What was said
   * last is known from the list and stands there at once.
   */
  async open(id: string): Promise<void> {
    const isHeld = (this.store.getState().logs.get(id)?.follow ?? null) !== null
    update(this.store, (state) => {
      const opened = isHeld ? state : begin(state, id)
      return opened.cursors.has(id) ? opened : { ...opened, cursors: withKey(opened.cursors, id, new Map()) }
    })
    if (isHeld) await this.history.heal(id)
    else await this.history.tail(id)
  }

  send(id: string, body: OutgoingBody, uploads?: readonly string[]): string {
    this.typedAt.delete(id)
    return this.sender.post(id, body, uploads)
  }

  /** What is being written, or null: nothing any more. It shows at once, and reaches the other devices as soon as it can. */
  draft(id: string, draft: Draft | null): void {
    this.drafts.put(id, draft)
  }

  /** Everything up to a message was seen. Told at once or, without a connection, at the next hello. */
  read(id: string, seq: number, n: number): void {
    const entry = this.store.getState().entries.get(id)
    if (!entry || seq <= entry.readSeq) return
    update(this.store, (state) => withEntry(state, id, (held) => readUpTo(held, seq, n)))
    this.pendingReads.set(id, Math.max(seq, this.pendingReads.get(id) ?? 0))
    this.tellReads()
  }

  /** This person types. Told at most every three seconds. */
  typing(id: string): void {
    const now = this.now()
    if (now - (this.typedAt.get(id) ?? 0) < TYPING_EVERY_MS) return
    this.typedAt.set(id, now)
    this.wire.send({ c: 'typing', k: 'typing', conversation_id: id })
  }

  /** The connection is gone. */
  offline(): void {
    clearTimeout(this.retry)
    this.sender.offline()
    this.drafts.offline()
  }

  private hear(frame: ServerFrame): void {
    const before = this.store.getState().entries
    update(this.store, (state) => reduce(state, frame, this.now()))
    this.sender.hear(frame)
    if (frame.c === 'sys' && frame.k === 'hello') this.greeted(frame.pos)
    if (frame.c === 'chat') this.follow(frame, before)
    if (frame.c === 'events' && frame.k === 'refetch') this.catchUp(frame.pos)
    if (frame.c === 'events' && frame.k === 'event') this.happened(frame.name, frame.data)
  }

  private greeted(pos: number): void {
    this.sender.drain()
    this.drafts.flush()
    this.tellReads()
    this.catchUp(pos)
  }

  private catchUp(pos: number): void {
    clearTimeout(this.retry)
    const asked = this.remembered.then(() => this.sync.catchUp(pos))
    asked.catch(() => {
      this.retry = setTimeout(() => {
        if (this.wire.isOnline()) this.catchUp(pos)
      }, this.retryMs)
    })
  }

  /** After a chat frame: a conversation not known yet, or whose mentions may be fewer, is fetched, a hole is filled. */
  private follow(frame: Extract<ServerFrame, { c: 'chat' }>, before: ReadonlyMap<string, Entry>): void {
    const id =
      frame.k === 'message' || frame.k === 'changed'
        ? frame.message.conversation_id
        : 'conversation_id' in frame
          ? frame.conversation_id
          : null
    if (!id) return
    const { entries, logs } = this.store.getState()
    const log = logs.get(id)
    const was = before.get(id)
    const isCallGone = frame.k === 'changed' && was !== undefined && mayHaveCalled(was, frame.message)
    if (!entries.has(id) || isCallGone) this.sync.refresh(id).catch(() => undefined)
    else if (log && gap(log)) this.history.heal(id).catch(() => undefined)
  }

  private happened(name: string, data: EventData): void {
    const id = name.startsWith('chat.') ? conversationOf(data) : null
    if (id && !name.startsWith('chat.message_')) this.sync.refresh(id).catch(() => undefined)
  }

  private tellReads(): void {
    for (const [id, seq] of this.pendingReads) {
      if (!this.wire.send({ c: 'chat', k: 'read', conversation_id: id, seq })) return
      this.pendingReads.delete(id)
    }
  }

  private expire(): void {
    const now = this.now()
    update(this.store, (state) => {
      const logs = new Map([...state.logs].map(([id, log]) => [id, expire(log, now)]))
      const isSame = [...logs].every(([id, log]) => state.logs.get(id) === log)
      return isSame ? state : { ...state, logs }
    })
  }
}
