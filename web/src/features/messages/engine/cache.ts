/** What the messages screens remember on this device, so that they open at once and without a network. */
import type { Conversation, Message } from '~/api/types'
import type { Sealed } from '~/lib/offline/sealed'
import { byActivity, goneOf, unread } from './entry'
import { alone, firstEnd, isKeptDraft, isKeptList, isKeptLog, isShown, type KeptList, type KeptLog, prunedList, prunedLog, VERSION } from './kept'
import { emptyLog, applyTail } from './log'
import type { Outgoing } from './outbox'
import type { People, Person } from './people'
import type { KeptDraft, Memory } from './port'
import { rangeAt } from './ranges'
import { type ChatState, learn, openLog, recallDrafts } from './state'
import { type ChatStore, update } from './store'

const CONVERSATIONS_KEPT = 60
const LOGS_KEPT = 20
const MESSAGES_KEPT = 60
const PEOPLE_KEPT = 400
const DAY_MS = 24 * 3600 * 1000
const SAVE_AFTER_MS = 1_500
const PRUNE_EVERY_MS = 60_000

function isOutgoing(value: unknown): value is Outgoing {
  return typeof value === 'object' && value !== null && 'client_id' in value && 'created_at' in value
}

/** The list as the server would say it now, without what may no longer be shown. */
export function listToKeep(state: ChatState, now: number): Conversation[] {
  return [...state.entries.values()]
    .sort(byActivity)
    .slice(0, CONVERSATIONS_KEPT)
    .map((entry) => ({
      ...entry.conversation,
      last: entry.last,
      last_message: entry.lastMessage && isShown(entry.lastMessage, now) ? alone(entry.lastMessage) : undefined,
      my: {
        ...entry.conversation.my,
        read_seq: entry.readSeq,
        unread: unread(entry),
        recalled: goneOf(entry),
        mentions: entry.conversation.my.mentions + entry.mentionSeqs.length,
      },
    }))
}

/** Whom the list names: the other one of two, the faces of a group, and who spoke last. */
function namedIn(conversations: readonly Conversation[]): string[] {
  return conversations.flatMap(({ peer_id, faces, last_message }) => [...(peer_id ? [peer_id] : []), ...(faces ?? []), ...(last_message ? [last_message.author_id] : [])])
}

/** The newest messages of the followed stretch. */
export function logToKeep(state: ChatState, id: string, now: number): Message[] {
  const log = state.logs.get(id)
  const range = log && log.follow !== null ? rangeAt(log.ranges, log.follow) : undefined
  if (!log || !range) return []
  const items: Message[] = []
  for (let seq = Math.max(range.from, range.to - MESSAGES_KEPT + 1); seq <= range.to; seq += 1) {
    const message = log.messages.get(seq)
    if (message && isShown(message, now)) items.push(alone(message))
  }
  return items
}

/** Puts the list back as it was kept. Server answers that came first win. */
export function recallList(state: ChatState, list: KeptList, now: number): ChatState {
  const shown = prunedList(list, now).conversations.filter((conversation) => !state.entries.has(conversation.id))
  return { ...learn(state, shown), listing: state.listing === 'loading' || state.listing === 'failed' ? 'cached' : state.listing }
}

/**
 * Puts the messages back that were kept at `pos`. Once this device has heard of a later position nobody would tell what
 * became of them in between: then they stay where they are, and are read from the server when they are looked at.
 */
export function recallLogs(state: ChatState, pos: number | null, logs: readonly KeptLog[], now: number): ChatState {
  if (state.pos !== null) return state
  let next: ChatState = { ...state, pos }
  for (const log of logs) {
    const { id, items: kept } = prunedLog(log, now)
    const first = kept[0]
    const last = kept.at(-1)
    if (!first || !last || !next.entries.has(id) || (next.logs.get(id) ?? emptyLog).follow !== null) continue
    next = openLog(next, id, (log) => applyTail(log, { items: kept, from: first.seq, to: last.seq }))
  }
  return next
}

function isPeople(value: unknown): value is Person[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'object' && item !== null && 'name' in item)
}

export class Cache implements Memory {
  private readonly sealed: Promise<Sealed | null>
  private readonly now: () => number
  private readonly savedLogs = new Map<string, unknown>()
  private savedEntries: unknown = null
  private savedPeople: unknown = null
  private timer: ReturnType<typeof setTimeout> | undefined
  /** When the first of the kept messages ends. */
  private due = Infinity
  /** What is kept is changed by one at a time. */
  private working: Promise<unknown> = Promise.resolve()

  constructor(sealed: Promise<Sealed | null>, now: () => number = Date.now) {
    this.sealed = sealed
    this.now = now
  }

  keepOutgoing(item: Outgoing): void {
    this.act((sealed) => sealed.put('outbox', item.client_id, { ...item, ...alone(item) }, this.now() + 30 * DAY_MS))
  }

  dropOutgoing(id: string): void {
    this.act((sealed) => sealed.drop('outbox', id))
  }

  /** In turn: what is dropped right after it was kept must not come back. */
  keepDraft(draft: KeptDraft): void {
    this.inTurn((sealed) => sealed.put('draft', draft.id, draft, this.now() + 30 * DAY_MS))
  }

  dropDraft(conversation: string): void {
    this.inTurn((sealed) => sealed.drop('draft', conversation))
  }

  /** What an earlier page left, oldest first. */
  async outgoing(): Promise<readonly Outgoing[]> {
    const sealed = await this.sealed
    const items = sealed ? (await sealed.all('outbox')).filter(isOutgoing) : []
    return items.sort((a, b) => a.created_at.localeCompare(b.created_at) || a.client_id.localeCompare(b.client_id))
  }

  /** Puts back what an earlier page left: first the list, which is what one sees, then the messages. */
  async load(store: ChatStore, people: People): Promise<void> {
    const sealed = await this.sealed
    if (!sealed) return
    const [known, list, drafts] = await Promise.all([sealed.get('chat', 'people'), sealed.get('chat', 'list'), sealed.all('draft')])
    update(store, (state) => recallDrafts(state, drafts.filter(isKeptDraft).map((kept) => ({ at: this.now(), ...kept }))))
    if (isPeople(known)) people.learn(known.filter(({ id }) => !people.snapshot().has(id) && !people.isGone(id)))
    if (isKeptList(list)) {
      update(store, (state) => recallList(state, list, this.now()))
      const logs = (await sealed.all('log')).filter(isKeptLog)
      update(store, (state) => recallLogs(state, list.pos, logs, this.now()))
    }
    this.inTurn((held) => this.prune(held))
  }

  /** Takes the words out whose time is over, wherever they are kept, and with them what has ended as a whole. */
  private async prune(sealed: Sealed): Promise<void> {
    const now = this.now()
    let due = Infinity
    const list = await sealed.get('chat', 'list')
    if (isKeptList(list)) {
      const left = prunedList(list, now)
      if (left !== list) await sealed.put('chat', 'list', left, now + 30 * DAY_MS)
      due = firstEnd(left.conversations.map((conversation) => conversation.last_message))
    }
    for (const log of (await sealed.all('log')).filter(isKeptLog)) {
      const left = prunedLog(log, now)
      if (left !== log) await this.putLog(sealed, left, now)
      due = Math.min(due, firstEnd(left.items))
    }
    this.due = due
    await sealed.sweep()
  }

  private async putLog(sealed: Sealed, log: KeptLog, now: number): Promise<void> {
    if (log.items.length === 0) return sealed.drop('log', log.id)
    this.due = Math.min(this.due, firstEnd(log.items))
    await sealed.put('log', log.id, log, Math.max(now, ...log.items.map((item) => Date.parse(item.kept_until))))
  }

  /** Follows the store and keeps its newest part. */
  follow(store: ChatStore, people: People): () => void {
    const later = () => {
      if (store.getState().listing === 'loading' || this.timer) return
      this.timer = setTimeout(() => {
        this.timer = undefined
        this.inTurn((sealed) => this.save(sealed, store.getState(), people))
      }, SAVE_AFTER_MS)
    }
    const pruning = setInterval(() => {
      if (this.due <= this.now()) this.inTurn((sealed) => this.prune(sealed))
    }, PRUNE_EVERY_MS)
    const stops = [store.subscribe(later), people.subscribe(later), () => clearInterval(pruning)]
    return () => {
      clearTimeout(this.timer)
      this.timer = undefined
      for (const stop of stops) stop()
    }
  }

  /** Remembering is a comfort: when the device refuses, everything else goes on. */
  private act(work: (sealed: Sealed) => Promise<void>): void {
    this.sealed.then((sealed) => sealed && work(sealed)).catch(() => undefined)
  }

  private inTurn(work: (sealed: Sealed) => Promise<void>): void {
    this.working = this.working.then(() => this.sealed).then((sealed) => sealed && work(sealed)).catch(() => undefined)
  }

  private async save(sealed: Sealed, state: ChatState, people: People): Promise<void> {
    const now = this.now()
    if (this.savedPeople !== people.snapshot()) {
      this.savedPeople = people.snapshot()
      const first = new Set(namedIn(listToKeep(state, now)))
      const [listed, others] = [true, false].map((isListed) => [...people.snapshot().values()].filter(({ id }) => first.has(id) === isListed))
      await sealed.put('chat', 'people', [...(listed ?? []), ...(others ?? [])].slice(0, PEOPLE_KEPT), now + 30 * DAY_MS)
    }
    if (this.savedEntries !== state.entries) {
      this.savedEntries = state.entries
      const kept: KeptList = { v: VERSION, pos: state.pos, conversations: listToKeep(state, now) }
      // Their names come along, though nobody looked at the list yet: the next page may open without the server.
      people.want(namedIn(kept.conversations))
      this.due = Math.min(this.due, firstEnd(kept.conversations.map((conversation) => conversation.last_message)))
      await sealed.put('chat', 'list', kept, now + 30 * DAY_MS)
    }
    await this.saveLogs(sealed, state, now)
  }

  private async saveLogs(sealed: Sealed, state: ChatState, now: number): Promise<void> {
    const recent = [...state.entries.values()].sort(byActivity).map((entry) => entry.conversation.id)
    for (const id of recent.filter((candidate) => state.logs.has(candidate)).slice(0, LOGS_KEPT)) {
      const log = state.logs.get(id)
      if (this.savedLogs.get(id) === log) continue
      this.savedLogs.set(id, log)
      await this.putLog(sealed, { v: VERSION, id, items: logToKeep(state, id, now) }, now)
    }
    for (const id of [...this.savedLogs.keys()].filter((candidate) => !state.entries.has(candidate))) {
      this.savedLogs.delete(id)
      await sealed.drop('log', id)
    }
  }
}
