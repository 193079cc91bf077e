/** Empties the outbox: one message a conversation at a time, and never a second time after it was stored. */
import type { ServerFrame } from '~/api/frames'
import { clientId } from './clientId'
import type { OutgoingBody } from '../files/types'
import { equipped, failed, nextAt, type Outgoing, ready, restored, retried, sending, settled, unsettled, waitsForFiles } from './outbox'
import type { Attachments, ChatWire, Memory } from './port'
import { type ChatStore, update } from './store'

const ANSWER_WITHIN_MS = 15_000
/** A message with more than this to upload lets pass what is written after it. */
const LONG_BYTES = 16 * 1024 * 1024

export class Sender {
  private readonly store: ChatStore
  private readonly wire: ChatWire
  private readonly memory: Memory
  private readonly now: () => number
  private readonly attachments: Attachments | undefined
  private readonly deadlines = new Map<string, ReturnType<typeof setTimeout>>()
  private wake: ReturnType<typeof setTimeout> | undefined

  constructor(store: ChatStore, wire: ChatWire, memory: Memory, now: () => number, attachments?: Attachments) {
    this.store = store
    this.wire = wire
    this.memory = memory
    this.now = now
    this.attachments = attachments
  }

  /** Takes a message in: it shows at once and leaves when it can. */
  post(conversation: string, body: OutgoingBody, uploads: readonly string[] = []): string {
    const now = this.now()
    const item: Outgoing = {
      client_id: clientId(now),
      conversation_id: conversation,
      body,
      created_at: new Date(now).toISOString(),
      state: 'queued',
      ...(uploads.length > 0 && { uploads, lets_pass: (this.attachments?.bytesLeft(uploads) ?? 0) > LONG_BYTES }),
    }
    update(this.store, (state) => ({ ...state, outbox: [...state.outbox, item] }))
    this.attachments?.take(uploads)
    this.memory.keepOutgoing(item)
    this.equip()
    this.drain()
    return item.client_id
  }

  /** Brings back what an earlier page left unsent, before anything newer. */
  restore(items: readonly Outgoing[]): void {
    // What waits for files that another window sends belongs to that window.
    const own = items.filter((item) => !item.uploads || item.body.file_ids || this.attachments?.hasAll(item.uploads))
    const back = restored(own, this.now())
    update(this.store, (state) => {
      const known = new Set(state.outbox.map((item) => item.client_id))
      const missing = back.filter((item) => !known.has(item.client_id))
      return missing.length > 0 ? { ...state, outbox: [...missing, ...state.outbox] } : state
    })
    this.attachments?.prune(new Set(this.store.getState().outbox.flatMap((item) => item.uploads ?? [])))
    this.equip()
    this.drain()
  }

  retry(id: string): void {
    const uploads = this.store.getState().outbox.find((item) => item.client_id === id)?.uploads
    if (uploads) this.attachments?.retry(uploads)
    const before = new Set(this.store.getState().outbox.map((item) => item.client_id))
    update(this.store, (state) => ({ ...state, outbox: retried(state.outbox, id, this.now()) }))
    const renamed = this.store.getState().outbox.find((item) => !before.has(item.client_id))
    if (renamed) {
      this.memory.dropOutgoing(id)
      this.memory.keepOutgoing(renamed)
    }
    this.equip()
    this.drain()
  }

  /** Uploads have moved: messages whose files are there may leave, those whose files failed have failed. */
  equip(): void {
    for (const item of this.store.getState().outbox) {
      if (!waitsForFiles(item)) continue
      const id = item.client_id
      const stands = this.attachments?.status(item.uploads ?? [])
      if (stands?.t === 'ready') this.change((outbox) => equipped(outbox, id, stands.files), id)
      if (stands?.t === 'failed') this.change((outbox) => failed(outbox, id, stands.code), id)
    }
  }

  private change(by: (outbox: readonly Outgoing[]) => readonly Outgoing[], id: string): void {
    update(this.store, (state) => ({ ...state, outbox: by(state.outbox) }))
    const item = this.store.getState().outbox.find((one) => one.client_id === id)
    if (item) this.memory.keepOutgoing(item)
  }

  /** Drops a message that was not stored. */
  drop(id: string): void {
    const uploads = this.store.getState().outbox.find((item) => item.client_id === id)?.uploads
    if (uploads) this.attachments?.cancel(uploads)
    update(this.store, (state) => ({ ...state, outbox: settled(state.outbox, id) }))
    this.memory.dropOutgoing(id)
  }

  /** The server answered, or the message came back as a message: its deadline is off. */
  hear(frame: ServerFrame): void {
    if (frame.c !== 'chat') return
    const id = frame.k === 'message' ? frame.message.client_id : 'client_id' in frame ? frame.client_id : undefined
    if (!id) return
    clearTimeout(this.deadlines.get(id))
    this.deadlines.delete(id)
    const left = this.store.getState().outbox.find((item) => item.client_id === id)
    if (left) this.memory.keepOutgoing(left)
    else this.memory.dropOutgoing(id)
    this.drain()
  }

  /** The connection is gone: what has no answer waits for the next one. */
  offline(): void {
    for (const deadline of this.deadlines.values()) clearTimeout(deadline)
    this.deadlines.clear()
    update(this.store, (state) => ({ ...state, outbox: unsettled(state.outbox) }))
  }

  drain(): void {
    if (!this.wire.isOnline()) return
    const now = this.now()
    for (const item of ready(this.store.getState().outbox, now)) this.dispatch(item)
    clearTimeout(this.wake)
    const next = nextAt(this.store.getState().outbox)
    if (next !== null) this.wake = setTimeout(() => this.drain(), Math.max(50, next - now))
  }

  private dispatch(item: Outgoing): void {
    const { files: _files, ...body } = item.body
    const hasLeft = this.wire.send({
      c: 'chat',
      k: 'send',
      client_id: item.client_id,
      conversation_id: item.conversation_id,
      body,
    })
    if (!hasLeft) return
    this.change((outbox) => sending(outbox, item.client_id), item.client_id)
    this.deadlines.set(
      item.client_id,
      setTimeout(() => this.overdue(item.client_id), ANSWER_WITHIN_MS),
    )
  }

  /** No answer: ask again with the same id. The server stores it once. */
  private overdue(id: string): void {
    this.deadlines.delete(id)
    update(this.store, (state) => ({
      ...state,
      outbox: state.outbox.map((item) =>
        item.client_id === id && item.state === 'sending' ? { ...item, state: 'queued' } : item,
      ),
    }))
    this.drain()
  }
}
