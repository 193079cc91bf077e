/** Catching up after an absence: what changed, what is gone, and every message that was missed. */
import type { History } from './history'
import { applyPage, noteLast } from './log'
import type { ChatApi, SyncAnswer } from './port'
import { rangeAt } from './ranges'
import { amend, arrive, type ChatState, forget, learn, withLog } from './state'
import { type ChatStore, update } from './store'

/** Far more conversations than anybody has. */
const PAGES_OF_THE_LIST = 40

function positions(state: ChatState): readonly { conversation_id: string; seq: number }[] {
  return [...state.logs].flatMap(([id, log]) => {
    if (log.follow === null) return []
    return [{ conversation_id: id, seq: rangeAt(log.ranges, log.follow)?.to ?? log.follow }]
  })
}

/** Takes in an answer. Safe to do twice, and safe when frames of the socket came in between. */
export function absorb(state: ChatState, answer: SyncAnswer, asked: ReturnType<typeof positions>): ChatState {
  const from = new Map(asked.map((position) => [position.conversation_id, position.seq]))
  let next = learn(forget(state, answer.gone), answer.conversations)
  for (const { conversation_id: id, items } of answer.messages) {
    const start = from.get(id)
    next = items.reduce(arrive, next)
    if (start === undefined) continue
    const to = items.at(-1)?.seq ?? start
    next = withLog(next, id, (log) => applyPage(log, { items, from: start + 1, to }))
  }
  return answer.changed.reduce(amend, { ...next, pos: Math.max(next.pos ?? 0, answer.pos) })
}

export class Sync {
  private readonly store: ChatStore
  private readonly api: ChatApi
  private readonly history: History
  private readonly reads = new Set<Promise<unknown>>()
  private questions = 0

  constructor(store: ChatStore, api: ChatApi, history: History) {
    this.store = store
    this.api = api
    this.history = history
  }

  /**
   * Loads the whole list, page by page; the first page shows at once. What no page named has gone, has begun meanwhile or has
   * moved from one page to another: only the server can tell.
   */
  list(): Promise<void> {
    return this.reading(this.walk())
  }

  /** Every reading of conversations on its way: what it brings may be older than what was saved meanwhile. */
  underWay(): readonly Promise<unknown>[] {
    return [...this.reads]
  }

  /** Counts a reading of conversations that ends when its answer was taken in. */
  reading<T>(read: Promise<T>): Promise<T> {
    this.reads.add(read)
    const end = () => this.reads.delete(read)
    read.then(end, end)
    return read
  }

  private async walk(): Promise<void> {
    const seen = new Set<string>()
    let after: string | null = null
    for (let page = 0; page < PAGES_OF_THE_LIST; page += 1) {
      const answer: Awaited<ReturnType<ChatApi['conversations']>> = await this.api.conversations(after)
      for (const conversation of answer.items) seen.add(conversation.id)
      update(this.store, (state) => ({ ...learn(state, answer.items), listing: 'fresh' }))
      after = answer.next
      if (after === null) break
    }
    if (after !== null) return
    const unnamed = [...this.store.getState().entries.keys()].filter((id) => !seen.has(id))
    for (const id of unnamed) await this.refresh(id)
  }

  /** The socket is up: learn what was missed since the last position. */
  async catchUp(helloPos: number): Promise<void> {
    this.questions += 1
    const question = this.questions
    const { pos } = this.store.getState()
    if (pos === null) {
      // What was opened before may have been changed before this device listened.
      await this.list()
      for (const id of this.store.getState().logs.keys()) if (this.store.getState().entries.has(id)) await this.history.afresh(id)
      update(this.store, (state) => ({ ...state, pos: Math.max(state.pos ?? 0, helloPos) }))
    } else {
      const asked = positions(this.store.getState())
      const answer = await this.reading(this.difference(pos, asked))
      if (answer.refetch) await this.startOver(answer.pos, asked.map((position) => position.conversation_id))
      update(this.store, (state) => (state.listing === 'cached' ? { ...state, listing: 'fresh' } : state))
    }
    // A connection that came later has a question of its own.
    if (question === this.questions) update(this.store, (state) => ({ ...state, isBehind: false }))
    await this.healAll()
  }

  /** One conversation changed somewhere. */
  async refresh(id: string): Promise<void> {
    await this.reading(this.one(id))
    await this.history.heal(id)
  }

  private async one(id: string): Promise<void> {
    const conversation = await this.api.conversation(id)
    update(this.store, (state) => (conversation ? learn(state, [conversation]) : forget(state, [id])))
  }

  private async difference(pos: number, asked: ReturnType<typeof positions>): Promise<SyncAnswer> {
    const answer = await this.api.sync({ pos, positions: asked })
    if (!answer.refetch) update(this.store, (state) => absorb(state, answer, asked))
    return answer
  }

  /** The server cannot tell the difference any more: the list and the open ends are loaded anew. Only then `pos` is reached. */
  private async startOver(pos: number, followed: readonly string[]): Promise<void> {
    await this.list()
    for (const id of followed) if (this.store.getState().entries.has(id)) await this.history.tail(id)
    update(this.store, (state) => ({ ...state, pos: Math.max(state.pos ?? 0, pos) }))
  }

  private async healAll(): Promise<void> {
    for (const [id, log] of this.store.getState().logs) {
      const last = this.store.getState().entries.get(id)?.last.seq ?? log.last
      update(this.store, (state) => withLog(state, id, (held) => noteLast(held, last)))
      await this.history.heal(id)
    }
  }
}
