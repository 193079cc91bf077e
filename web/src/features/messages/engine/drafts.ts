/** Brings the words that were begun here to the other devices of this person, as soon as it can and as often as it must. */
import type { ChatApi, ChatWire, Draft, Memory } from './port'
import { type ChatState, drafted, saved, type Unsaved } from './state'
import { type ChatStore, update } from './store'
import type { Sync } from './sync'

/** A failed attempt is repeated later and later, up to this many times the first wait. */
const LONGEST_WAIT = 20

export class Drafts {
  private readonly store: ChatStore
  private readonly api: ChatApi
  private readonly wire: ChatWire
  private readonly sync: Sync
  private readonly retryMs: number
  private readonly now: () => number
  /** Conversations whose draft is under way: one at a time, so that the last one is the last on the server too. */
  private readonly busy = new Set<string>()
  /** What the server does not want: it stays here, and only other words are another question. */
  private readonly refused = new WeakSet<Unsaved>()
  private failures = 0
  private retry: ReturnType<typeof setTimeout> | undefined

  constructor({ store, api, wire, sync, retryMs, now }: { store: ChatStore; api: ChatApi; wire: ChatWire; sync: Sync; retryMs: number; now: () => number }) {
    this.store = store
    this.api = api
    this.wire = wire
    this.sync = sync
    this.retryMs = retryMs
    this.now = now
  }

  /** Takes a draft in: it shows at once and stays until the server has it. Null: nothing is begun any more. */
  put(id: string, draft: Draft | null): void {
    update(this.store, (state) => drafted(state, id, { draft, at: this.now() }))
    void this.save(id)
  }

  /** Everything that is not saved yet is tried again. */
  flush(): void {
    clearTimeout(this.retry)
    for (const id of this.store.getState().unsaved.keys()) void this.save(id)
  }

  /** The connection is gone: the next hello begins anew. */
  offline(): void {
    clearTimeout(this.retry)
    this.failures = 0
  }

  private unsaved(id: string): Unsaved | undefined {
    return this.store.getState().unsaved.get(id)
  }

  private async save(id: string): Promise<void> {
    if (this.busy.has(id)) return
    this.busy.add(id)
    try {
      for (let next = this.unsaved(id), last; next && next !== last; last = next, next = this.unsaved(id)) {
        if (this.refused.has(next)) continue
        const fate = await this.api.saveDraft(id, next.draft, this.now() - next.at)
        if (fate === 'refused') this.refused.add(next)
        else this.arrived(id, next, fate === 'older')
      }
      this.failures = 0
    } catch {
      this.later()
    } finally {
      this.busy.delete(id)
    }
  }

  /**
   * The server has it. What is being read of conversations may have been read before: until that is there the words of
   * this device stay, and then the server is asked once more what another device has made of them meanwhile.
   * Where another device wrote later, it is asked in any case.
   */
  private arrived(id: string, item: Unsaved, isOlder: boolean): void {
    const settle = () => update(this.store, (state) => saved(state, id, item))
    const reads = this.sync.underWay()
    if (reads.length === 0 && !isOlder) return settle()
    const asked = Promise.allSettled(reads).then(() => {
      settle()
      return this.sync.refresh(id)
    })
    asked.catch(() => undefined)
  }

  private later(): void {
    clearTimeout(this.retry)
    if (!this.wire.isOnline()) return
    const wait = this.retryMs * Math.min(LONGEST_WAIT, 2 ** this.failures)
    this.failures += 1
    this.retry = setTimeout(() => this.flush(), wait)
  }
}

/** Keeps what is not saved on this device, until it is: also what a screen says while it is being left. */
export function followDrafts(store: ChatStore, memory: Memory): void {
  store.subscribe(({ unsaved }: ChatState, { unsaved: before }: ChatState) => {
    if (unsaved === before) return
    for (const [id, own] of unsaved) if (before.get(id) !== own) memory.keepDraft({ id, ...own })
    for (const id of before.keys()) if (!unsaved.has(id)) memory.dropDraft(id)
  })
}
