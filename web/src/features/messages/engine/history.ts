/** Loading stretches of a conversation: the newest, older, newer, around a place, and the holes a bad network leaves. */
import { applyPage, applyTail, gap, letGo, type Log, noteLast, type Page } from './log'
import type { ChatApi, MessagePage, PageAt } from './port'
import { rangeAt } from './ranges'
import { arrive, openLog } from './state'
import { type ChatStore, update } from './store'

/** A hole longer than this is not walked through: the newest page is loaded and the rest on demand. */
const LONGEST_WALK = 300

function pageOf(answer: MessagePage, at: PageAt): Page {
  const first = answer.items[0]?.seq
  const last = answer.items.at(-1)?.seq
  const from = at.after !== undefined ? at.after + 1 : (first ?? at.before ?? 0)
  const to = at.before !== undefined ? at.before - 1 : (last ?? at.after ?? 0)
  return { items: answer.items, from, to, isFirst: !answer.has_older }
}

export class History {
  private readonly store: ChatStore
  private readonly api: ChatApi
  private readonly busy = new Map<string, Promise<void>>()

  constructor(store: ChatStore, api: ChatApi) {
    this.store = store
    this.api = api
  }

  /** The newest page: afterwards the log follows the live end. */
  tail(id: string): Promise<void> {
    return this.once(`tail ${id}`, async () => {
      const page = pageOf(await this.api.messages(id, {}), {})
      this.apply(id, page, applyTail)
    })
  }

  /** The newest page as it is now, whatever is under way. */
  async afresh(id: string): Promise<void> {
    const newest = pageOf(await this.api.messages(id, {}), {})
    // What is held already stays joined to it: a hole in between is filled, not jumped over.
    this.apply(id, newest, (log, page) => (log.follow === null ? applyTail(log, page) : applyPage(log, page)))
  }

  /** What is older than `before`; as long as the newest page is on its way, that is what it brings. */
  older(id: string, before: number): Promise<void> {
    return this.busy.get(`tail ${id}`) ?? this.load(id, { before })
  }

  newer(id: string, after: number): Promise<void> {
    return this.load(id, { after })
  }

  around(id: string, seq: number): Promise<void> {
    return this.load(id, { around: seq })
  }

  /** The first seq sent at or after a time, loaded and ready to be shown. */
  async day(id: string, at: string): Promise<number | null> {
    const answer = await this.api.messages(id, { at })
    this.apply(id, pageOf(answer, { at }), applyPage)
    return answer.items.find((item) => item.sent_at >= at)?.seq ?? answer.items.at(-1)?.seq ?? null
  }

  /** Fills the hole below the live end, page by page, until there is none. */
  heal(id: string): Promise<void> {
    return this.once(`heal ${id}`, async () => {
      for (;;) {
        const log = this.log(id)
        const hole = log ? gap(log) : null
        if (!hole) return
        if (hole.to - hole.from >= LONGEST_WALK) {
          const newest = pageOf(await this.api.messages(id, {}), {})
          this.apply(id, newest, applyTail)
          return
        }
        const at = { after: hole.from - 1 }
        const answer = await this.api.messages(id, at)
        const page = pageOf(answer, at)
        const hasMore = answer.has_newer && answer.items.length > 0
        this.apply(id, hasMore ? page : { ...page, to: Math.max(page.to, hole.to) }, applyPage)
      }
    })
  }

  private load(id: string, at: PageAt): Promise<void> {
    return this.once(`${JSON.stringify(at)} ${id}`, async () => {
      this.apply(id, pageOf(await this.api.messages(id, at), at), at.around === undefined ? (log, page) => letGo(applyPage(log, page), page) : applyPage)
    })
  }

  private apply(id: string, page: Page, how: (log: Log, page: Page) => Log): void {
    update(this.store, (state) => {
      const newest = page.items.at(-1)
      const isAhead = newest && newest.seq > (state.entries.get(id)?.last.seq ?? Infinity)
      const known = isAhead ? page.items.reduce(arrive, state) : state
      const last = state.entries.get(id)?.last.seq ?? 0
      const mine = page.items.flatMap((item) => item.client_id ?? [])
      return openLog(
        mine.length > 0 ? { ...known, outbox: known.outbox.filter((item) => !mine.includes(item.client_id)) } : known,
        id,
        (log) => noteLast(how(log, page), last),
      )
    })
  }

  private log(id: string): Log | undefined {
    return this.store.getState().logs.get(id)
  }

  /** The same question is asked once at a time. */
  private once(key: string, work: () => Promise<void>): Promise<void> {
    const running = this.busy.get(key)
    if (running) return running
    const task = work().finally(() => this.busy.delete(key))
    this.busy.set(key, task)
    return task
  }
}

/** Whether there is something newer than a stretch that this device does not show yet. */
export function hasNewer(log: Log, seq: number): boolean {
  const range = rangeAt(log.ranges, seq)
  return range !== undefined && range.to < log.last
}

/** Whether older messages can be asked for. */
export function hasOlder(log: Log, seq: number): boolean {
  const range = rangeAt(log.ranges, seq)
  return range !== undefined && (log.first === null || range.from > log.first)
}
