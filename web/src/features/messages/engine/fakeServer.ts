/** A chat server in memory for the tests: it keeps the truth, and it can lose, repeat and delay what it says. */
import type { Conversation, Message, TextBody } from '~/api/types'
import type { ClientFrame, ServerFrame } from '~/api/frames'
import { EPOCH, groupOf, withFiles } from './fakeNouns'
import type { ChatApi, ChatWire, Draft, DraftFate, MessagePage, PageAt, SyncAnswer, SyncQuestion } from './port'

interface Change {
  pos: number
  message: Message
}

export class FakeServer {
  readonly messages: Message[] = []
  readonly devices: FakeDevice[] = []
  readonly reads = new Map<string, { seq: number; n: number }>()
  readonly id: string
  readonly changes: Change[] = []
  readonly drafts = new Map<string, Draft>()
  /** Every draft that was put, in order; null where it was dropped. */
  readonly put: (Draft | null)[] = []
  pos = 1

  constructor(id = 'c1') {
    this.id = id
  }

  device(member: string): FakeDevice {
    const device = new FakeDevice(this, member)
    this.devices.push(device)
    return device
  }

  /** Stores a message, once for each client id. */
  store(author: string, client_id: string, body: TextBody): Message {
    const held = this.messages.find((message) => message.author_id === author && message.client_id === client_id)
    if (held) return held
    const seq = this.messages.length + 1
    const message: Message = {
      id: `m${seq}`,
      conversation_id: this.id,
      seq,
      n: seq,
      author_id: author,
      sent_at: new Date(EPOCH + seq * 1000).toISOString(),
      client_id,
      state: 'sent',
      body: withFiles(body),
      kept_until: new Date(EPOCH + 90 * 86_400_000).toISOString(),
    }
    this.messages.push(message)
    this.pos += 1
    this.reads.set(author, { seq, n: seq })
    for (const device of this.devices) device.push({ c: 'chat', k: 'message', message: device.view(message) })
    return message
  }

  change(seq: number, state: 'edited' | 'recalled'): void {
    const held = this.messages[seq - 1]
    if (!held || held.state === 'recalled') return
    this.pos += 1
    const message: Message = {
      ...held,
      state,
      edited_at: new Date(EPOCH + this.pos * 1000).toISOString(),
      body: state === 'recalled' ? null : { v: 1, kind: 'text', text: `edited ${this.pos}` },
    }
    this.messages[seq - 1] = message
    this.changes.push({ pos: this.pos, message })
    for (const device of this.devices) device.push({ c: 'chat', k: 'changed', message: device.view(message) })
  }

  draft(member: string, draft: Draft | null): void {
    this.put.push(draft)
    if (draft) this.drafts.set(member, draft)
    else this.drafts.delete(member)
    this.pos += 1
    const frame: ServerFrame = { c: 'events', k: 'event', pos: this.pos, name: 'chat.draft_changed', at: '', data: { conversation: this.id, member } }
    for (const device of this.devices) if (device.member === member) device.push(frame)
  }

  read(member: string, seq: number): void {
    if (seq <= (this.reads.get(member)?.seq ?? 0)) return
    this.reads.set(member, { seq, n: seq })
    this.pos += 1
    const frame: ServerFrame = { c: 'chat', k: 'read', conversation_id: this.id, member_id: member, seq, n: seq }
    for (const device of this.devices) device.push(frame)
  }

  conversation(member: string): Conversation {
    return groupOf(this, member)
  }
}

/** One device's connection, and its way to the API. */
export class FakeDevice implements ChatWire, ChatApi {
  readonly server: FakeServer
  readonly member: string
  private online = false
  private readonly listeners = new Set<(frame: ServerFrame) => void>()
  /** Frames under way to the device. */
  readonly inbound: ServerFrame[] = []
  readonly outbound: ClientFrame[] = []

  constructor(server: FakeServer, member: string) {
    this.server = server
    this.member = member
  }

  on(listener: (frame: ServerFrame) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  isOnline(): boolean {
    return this.online
  }

  send(frame: ClientFrame): boolean {
    if (!this.online) return false
    this.outbound.push(frame)
    return true
  }

  push(frame: ServerFrame): void {
    if (this.online) this.inbound.push(frame)
  }

  view(message: Message): Message {
    return message.author_id === this.member ? message : { ...message, client_id: undefined }
  }

  connect(): void {
    if (this.online) return
    this.online = true
    this.emit({
      c: 'sys',
      k: 'hello',
      version: '0',
      session_id: 's',
      member_id: this.member,
      pos: this.server.pos,
      heartbeat_s: 30,
      frame_bytes: 65_536,
    })
  }

  /** The line breaks: what was under way in either direction may be lost. */
  disconnect(): void {
    this.online = false
    this.inbound.length = 0
    this.outbound.length = 0
  }

  /** Lets one frame through to the server. */
  up(): void {
    const frame = this.outbound.shift()
    if (frame?.c !== 'chat') return
    if (frame.k === 'read') return this.server.read(this.member, frame.seq)
    const message = this.server.store(this.member, frame.client_id, frame.body)
    const { conversation_id, id, seq, n, sent_at, kept_until, client_id } = message
    this.push({ c: 'chat', k: 'sent', client_id: client_id ?? '', conversation_id, id, seq, n, sent_at, kept_until })
  }

  /** Lets one frame through to the device, perhaps not the first, perhaps twice. */
  down(index = 0, isTwice = false): void {
    const [frame] = this.inbound.splice(Math.min(index, this.inbound.length - 1), 1)
    if (!frame) return
    this.emit(frame)
    if (isTwice) this.emit(frame)
  }

  emit(frame: ServerFrame): void {
    for (const listener of this.listeners) listener(frame)
  }

  conversations(): Promise<{ items: readonly Conversation[]; next: string | null }> {
    return Promise.resolve({ items: [this.server.conversation(this.member)], next: null })
  }

  conversation(): Promise<Conversation | null> {
    return Promise.resolve(this.server.conversation(this.member))
  }

  saveDraft(_id: string, draft: Draft | null, _age: number): Promise<DraftFate> {
    if (!this.online) return Promise.reject(new Error('no network'))
    this.server.draft(this.member, draft)
    return Promise.resolve('saved')
  }

  messages(_id: string, at: PageAt): Promise<MessagePage> {
    const all = this.server.messages.map((message) => this.view(message))
    const limit = 5
    const upTo = at.before !== undefined ? all.filter((item) => item.seq < (at.before ?? 0)) : all
    const items =
      at.after !== undefined
        ? all.filter((item) => item.seq > (at.after ?? 0)).slice(0, limit)
        : at.around !== undefined
          ? all.slice(Math.max(0, at.around - 3), at.around + 2)
          : upTo.slice(-limit)
    const first = items[0]?.seq ?? 0
    const last = items.at(-1)?.seq ?? Infinity
    return Promise.resolve({ items, has_older: first > 1, has_newer: last < all.length })
  }

  sync(question: SyncQuestion): Promise<SyncAnswer> {
    const messages = question.positions.map(({ conversation_id, seq }) => {
      const missed = this.server.messages.filter((message) => message.seq > seq).map((message) => this.view(message))
      return { conversation_id, items: missed.slice(0, 5), has_more: missed.length > 5 }
    })
    return Promise.resolve({
      pos: this.server.pos,
      conversations: [this.server.conversation(this.member)],
      gone: [],
      messages,
      changed: this.server.changes
        .filter((change) => change.pos > (question.pos ?? 0))
        .map((change) => this.view(change.message)),
      refetch: false,
    })
  }
}
