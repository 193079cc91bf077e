/**
 * The uploads of one sign-in and organisation: three at a time, in their order, going on across lost connections, closed
 * conversations and, where this device may remember them, reloads. No component owns it.
 */
import { createStore, type StoreApi } from 'zustand/vanilla'
import { ApiError, hasStatus } from '~/api/error'
import { clientId } from '../engine/clientId'
import { looked } from './look'
import { previewed } from './measure'
import { noUploadMemory, type UploadMemory } from './memory'
import type { Transport } from './transport'
import { type Attached, attached, CHOOSE_AGAIN, freshUpload, keptOf, restored, startable, TOO_LARGE, type Upload } from './upload'
import { isPassing, waitFor } from './waits'

export interface UploadsOptions {
  transport: Transport
  memory?: UploadMemory
  /** How long to wait before a repeat, so that tests need not. */
  wait?: (attempt: number, error: unknown) => number
}

interface UploadsState {
  readonly items: readonly Upload[]
}

const PARALLEL = 3

export class Uploads {
  readonly store: StoreApi<UploadsState> = createStore<UploadsState>(() => ({ items: [] }))
  /** The largest file the organisation takes; the server has the last word. */
  mostBytes = Infinity
  private readonly transport: Transport
  private readonly memory: UploadMemory
  private readonly wait: (attempt: number, error: unknown) => number
  private readonly blobs = new Map<string, Blob>()
  private readonly running = new Map<string, AbortController>()
  private readonly attempts = new Map<string, number>()
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>()

  constructor({ transport, memory = noUploadMemory, wait = waitFor }: UploadsOptions) {
    this.transport = transport
    this.memory = memory
    this.wait = wait
  }

  /** Takes files in beside the text field of a conversation and begins to send them. */
  add(conversation: string, files: readonly File[]): void {
    for (const [index, file] of files.entries()) {
      // Ids tell the order, also after a reload.
      const upload = freshUpload(clientId(Date.now() + index), conversation, file)
      this.blobs.set(upload.id, file)
      const refusal = file.size > this.mostBytes && ({ state: 'failed', code: TOO_LARGE } as const)
      this.set([...this.items(), { ...upload, ...refusal }])
      this.memory.keep(keptOf(upload), file)
      void previewed(file, () => this.find(upload.id) !== undefined).then((seen) => seen && this.patch(upload.id, seen, true))
    }
    this.pump()
  }

  /** What an earlier page left. Without its bytes a file has to be chosen again before it goes on. */
  async restore(): Promise<void> {
    const kept = await this.memory.load()
    const known = new Set(this.items().map((item) => item.id))
    const back = kept.filter(({ upload }) => !known.has(upload.id)).sort((a, b) => a.upload.id.localeCompare(b.upload.id))
    for (const { upload, blob } of back) if (blob) this.blobs.set(upload.id, blob)
    this.set([...back.map(({ upload, blob }) => restored(upload, blob)), ...this.items()])
    this.pump()
  }

  limit = (bytes: number): void => void (this.mostBytes = bytes)

  hasAll(ids: readonly string[]): boolean {
    return ids.every((id) => this.find(id) !== undefined)
  }

  status(ids: readonly string[]): Attached {
    const found = ids.flatMap((id) => this.find(id) ?? [])
    return found.length === ids.length ? attached(found) : { t: 'failed', code: CHOOSE_AGAIN }
  }

  /** What is still to be sent of these. */
  bytesLeft(ids: readonly string[]): number {
    return ids.reduce((sum, id) => {
      const upload = this.find(id)
      return sum + (upload && upload.state !== 'ready' ? upload.size - upload.sent : 0)
    }, 0)
  }

  /** They are part of a message from now on. */
  take(ids: readonly string[]): void {
    for (const id of ids) this.patch(id, { isDraft: false }, true)
  }

  retry(ids: readonly string[]): void {
    for (const id of ids) {
      const upload = this.find(id)
      if (!upload || upload.code === TOO_LARGE || !(this.blobs.has(id) || upload.file)) continue
      if (upload.state === 'failed' || upload.state === 'ready') this.begin(id)
    }
    this.pump()
  }

  /** The same file again, after the page lost it. False when it is another one. */
  choose(id: string, file: File): boolean {
    const upload = this.find(id)
    if (!upload || upload.name !== file.name || upload.size !== file.size) return false
    this.blobs.set(id, file)
    this.begin(id)
    this.pump()
    return true
  }

  /** Takes files back, here and on the server. */
  cancel(ids: readonly string[]): void {
    for (const id of ids) {
      const url = this.find(id)?.url
      if (url) this.transport.drop(url).catch(() => undefined)
    }
    this.forget(ids)
  }

  /** The message they belong to is stored, or gone: nothing of them stays here. */
  forget(ids: readonly string[]): void {
    const gone = new Set(ids)
    for (const id of ids) {
      this.running.get(id)?.abort()
      clearTimeout(this.timers.get(id))
      for (const map of [this.blobs, this.running, this.attempts, this.timers]) map.delete(id)
      const preview = this.find(id)?.preview
      // The stored message shows its thumbnail a moment later; until then it looks as it did.
      if (preview) setTimeout(() => URL.revokeObjectURL(preview), 60_000)
      this.memory.drop(id)
    }
    this.set(this.items().filter((item) => !gone.has(item.id)))
    this.pump()
  }

  /** Nothing refers to what a message once took: it goes. */
  prune(referred: ReadonlySet<string>): void {
    this.forget(this.items().flatMap((item) => (item.isDraft || referred.has(item.id) ? [] : [item.id])))
  }

  /** The network is back: what waited for it goes on at once. */
  online(): void {
    for (const item of this.items()) if (item.state === 'paused') this.begin(item.id)
    this.pump()
  }

  /** The end of this sign-in: everything stops where it is. */
  stop(): void {
    for (const timer of this.timers.values()) clearTimeout(timer)
    for (const controller of this.running.values()) controller.abort()
    for (const item of this.items()) if (item.preview) URL.revokeObjectURL(item.preview)
    this.memory.release()
    this.set([])
  }

  private begin(id: string): void {
    clearTimeout(this.timers.get(id))
    this.timers.delete(id)
    this.patch(id, { state: 'waiting', code: undefined })
  }

  private pump(): void {
    for (const upload of startable(this.items(), this.running.size, PARALLEL)) void this.run(upload)
  }

  private async run({ id, name, type, file }: Upload): Promise<void> {
    const controller = new AbortController()
    const signal = controller.signal
    this.running.set(id, controller)
    this.patch(id, { state: 'sending' })
    try {
      if (file && (await this.isStillThere(id, signal))) return
      const blob = this.blobs.get(id)
      if (!blob) throw new ApiError({ status: 410, code: CHOOSE_AGAIN })
      const url = await this.transport.send({
        blob, name, type, signal, url: this.find(id)?.url,
        onUrl: (at) => this.patch(id, { url: at }, true),
        onProgress: (sent) => this.progressed(id, sent),
      })
      this.patch(id, { url, sent: blob.size, state: 'looked_at' }, true)
      await this.lookAt(id, url, signal)
    } catch (error) {
      if (!signal.aborted) this.fell(id, error)
    } finally {
      if (this.running.get(id) === controller) this.running.delete(id)
      this.pump()
    }
  }

  private progressed(id: string, sent: number): void {
    if (sent > (this.find(id)?.sent ?? 0)) this.attempts.delete(id)
    this.patch(id, { sent })
  }

  private async lookAt(id: string, url: string, signal: AbortSignal): Promise<void> {
    const file = await looked(this.transport, url, signal)
    this.patch(id, { state: 'ready', file, sent: this.find(id)?.size ?? 0 }, true)
  }

  private async isStillThere(id: string, signal: AbortSignal): Promise<boolean> {
    const url = this.find(id)?.url
    if (!url) return false
    try {
      await this.lookAt(id, url, signal)
      return true
    } catch (error) {
      if (!hasStatus(error, 404, 410)) throw error
      this.patch(id, { url: undefined, file: undefined, sent: 0 }, true)
      return false
    }
  }

  private fell(id: string, error: unknown): void {
    const upload = this.find(id)
    const attempt = this.attempts.get(id) ?? 0
    // The server keeps a broken upload for a day; one that it no longer knows begins again, once.
    const isForgotten = hasStatus(error, 404, 410) && upload?.url !== undefined && this.blobs.has(id) && attempt === 0
    if (!isForgotten && !isPassing(error)) {
      this.patch(id, { state: 'failed', code: error instanceof ApiError ? error.code : 'internal' })
      return
    }
    this.attempts.set(id, attempt + 1)
    const code = error instanceof ApiError && error.status !== 0 ? error.code : undefined
    this.patch(id, { state: 'paused', code, ...(isForgotten && { url: undefined, sent: 0 }) }, isForgotten)
    const timer = setTimeout(() => {
      this.begin(id)
      this.pump()
    }, this.wait(attempt, error))
    this.timers.set(id, timer)
  }

  private items() {
    return this.store.getState().items
  }

  private find = (id: string) => this.items().find((item) => item.id === id)
  private set = (items: readonly Upload[]) => this.store.setState({ items })

  private patch(id: string, part: Partial<Upload>, isKept = false): void {
    const index = this.items().findIndex((item) => item.id === id)
    const held = this.items()[index]
    if (!held) return
    const next = { ...held, ...part }
    this.set(this.items().with(index, next))
    if (isKept) this.memory.keep(keptOf(next))
  }
}
