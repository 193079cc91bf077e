/** Everything the messages screens show, and how it changes. Pure: no clock, no network. */
import type { Conversation, Message } from '~/api/types'
import type { PresenceState } from '~/api/frames'
import { changed, type Entry, heard, mergeEntry, unread, withMy } from './entry'
import { applyChanged, applyLive, applyTail, emptyLog, type Log, noteLast } from './log'
import { orphaned, type Outbox, settled, unsentDraft } from './outbox'
import type { Draft, KeptDraft } from './port'

/** `cached` is what this device remembers; `fresh` is what the server said. */
export type Listing = 'loading' | 'cached' | 'fresh' | 'failed'

/** A draft the server does not have yet. Every change makes a new one: which of them was saved is told by which it is. */
export interface Unsaved {
  readonly draft: Draft | null
  /** When it was written, ms. */
  readonly at: number
}

export interface ChatState {
  readonly me: string
  readonly listing: Listing
  /** Everything up to here is known. */
  readonly pos: number | null
  /** The server was not yet asked what was missed: until it has answered, an event says nothing about what lies before it. */
  readonly isBehind: boolean
  readonly entries: ReadonlyMap<string, Entry>
  readonly logs: ReadonlyMap<string, Log>
  readonly outbox: Outbox
  /** Conversation → the draft of this device, as long as it stands before the server's. */
  readonly unsaved: ReadonlyMap<string, Unsaved>
  /** Conversation → member → until when that member counts as typing. */
  readonly typing: ReadonlyMap<string, ReadonlyMap<string, number>>
  /** Conversation → member → read up to this seq. Only conversations whose members were loaded. */
  readonly cursors: ReadonlyMap<string, ReadonlyMap<string, number>>
  readonly presence: ReadonlyMap<string, PresenceState>
  /** Members whose faces are shown beside a conversation: of them too one sees who is there. */
  readonly faces: readonly string[]
}

export function initialState(me: string): ChatState {
  return {
    me,
    listing: 'loading',
    pos: null,
    isBehind: false,
    entries: new Map(),
    logs: new Map(),
    outbox: [],
    unsaved: new Map(),
    typing: new Map(),
    cursors: new Map(),
    presence: new Map(),
    faces: [],
  }
}

/** A copy of a map with one key replaced. */
export function withKey<V>(map: ReadonlyMap<string, V>, key: string, value: V): ReadonlyMap<string, V> {
  return new Map(map).set(key, value)
}

/** A copy of a map without one key. */
export function withoutKey<V>(map: ReadonlyMap<string, V>, key: string): ReadonlyMap<string, V> {
  if (!map.has(key)) return map
  const copy = new Map(map)
  copy.delete(key)
  return copy
}

/** Changes the log of a conversation, if this device keeps one. */
export function withLog(state: ChatState, id: string, change: (log: Log) => Log): ChatState {
  const log = state.logs.get(id)
  return log ? { ...state, logs: withKey(state.logs, id, change(log)) } : state
}

/** Changes the log of a conversation, starting an empty one if need be. */
export function openLog(state: ChatState, id: string, change: (log: Log) => Log): ChatState {
  return { ...state, logs: withKey(state.logs, id, change(state.logs.get(id) ?? emptyLog)) }
}

/**
 * The log of a conversation that is opened for the first time. The message that stands in the list is its end, unless
 * several are unread: then one wants to begin with the first of them.
 */
export function begin(state: ChatState, id: string): ChatState {
  const entry = state.entries.get(id)
  const last = entry?.lastMessage
  if (!entry || !last || last.seq !== entry.last.seq || unread(entry) > 1) return openLog(state, id, (log) => log)
  return openLog(state, id, (log) => applyTail(log, { items: [last], from: last.seq, to: last.seq }))
}

export function withEntry(state: ChatState, id: string, change: (entry: Entry) => Entry): ChatState {
  const entry = state.entries.get(id)
  return entry ? { ...state, entries: withKey(state.entries, id, change(entry)) } : state
}

/** The server's word about conversations. */
export function learn(state: ChatState, conversations: readonly Conversation[]): ChatState {
  const entries = new Map(state.entries)
  const logs = new Map(state.logs)
  for (const conversation of conversations) {
    const own = state.unsaved.get(conversation.id)
    entries.set(conversation.id, mergeEntry(entries.get(conversation.id), own ? withMy(conversation, own) : conversation))
    const log = logs.get(conversation.id)
    if (log) logs.set(conversation.id, noteLast(log, conversation.last.seq))
  }
  return { ...state, entries, logs }
}

function withDraft(state: ChatState, id: string, own: Unsaved): ChatState {
  const shown = withEntry(state, id, (entry) => ({ ...entry, conversation: withMy(entry.conversation, own) }))
  return { ...shown, unsaved: withKey(state.unsaved, id, own) }
}

/** Somebody writes here. */
export function drafted(state: ChatState, id: string, own: Unsaved): ChatState {
  if (state.entries.has(id)) return withDraft(state, id, own)
  // The screen says what was written last while it is being left, after one was taken out.
  const isLeft = own.draft !== null && state.outbox.some((item) => item.conversation_id === id && item.is_draft === true)
  return isLeft && own.draft ? { ...state, outbox: unsentDraft(state.outbox, id, own.draft.text, own.at) } : state
}

/** The server has a draft: it stands for all devices now, unless it was changed meanwhile. */
export function saved(state: ChatState, id: string, item: Unsaved): ChatState {
  return state.unsaved.get(id) === item ? { ...state, unsaved: withoutKey(state.unsaved, id) } : state
}

/** What an earlier page could not save. */
export function recallDrafts(state: ChatState, kept: readonly KeptDraft[]): ChatState {
  const missing = kept.filter(({ id }) => !state.unsaved.has(id))
  return missing.reduce((next, { id, draft, at }) => withDraft(next, id, { draft, at }), state)
}

/** What this person had written there and nobody got. */
function unsent(state: ChatState, id: string): Outbox {
  const entry = state.entries.get(id)
  const own = state.unsaved.get(id)
  const name = entry?.conversation.name ?? ''
  const draft = own ? own.draft : entry?.conversation.my.draft
  const kept = orphaned(state.outbox, id, name)
  if (!draft || draft.text.trim() === '') return kept
  return unsentDraft(kept, id, draft.text, own?.at ?? (Date.parse(entry?.lastMessage?.sent_at ?? '') || 0), name)
}

/** Conversations this person is no longer part of: nothing of them stays but the own words that were not sent (IM-16). */
export function forget(state: ChatState, ids: readonly string[]): ChatState {
  return ids.reduce<ChatState>(
    (next, id) => ({
      ...next,
      entries: withoutKey(next.entries, id),
      logs: withoutKey(next.logs, id),
      typing: withoutKey(next.typing, id),
      cursors: withoutKey(next.cursors, id),
      outbox: unsent(next, id),
      unsaved: withoutKey(next.unsaved, id),
    }),
    state,
  )
}

/** A message reached this device by whatever way. */
export function arrive(state: ChatState, message: Message): ChatState {
  const id = message.conversation_id
  const typing = state.typing.get(id)
  const next: ChatState = {
    ...state,
    outbox: message.client_id ? settled(state.outbox, message.client_id) : state.outbox,
    typing: typing?.has(message.author_id)
      ? withKey(state.typing, id, withoutKey(typing, message.author_id))
      : state.typing,
  }
  const logged = withLog(next, id, (log) => applyLive(log, message))
  return noteCursor(
    withEntry(logged, id, (entry) => heard(entry, message, state.me)),
    id,
    message.author_id,
    message.seq,
  )
}

/** How far somebody has read. A cursor only rises. */
export function noteCursor(state: ChatState, id: string, member: string, seq: number): ChatState {
  const cursors = state.cursors.get(id)
  if (!cursors || (cursors.get(member) ?? 0) >= seq) return state
  return { ...state, cursors: withKey(state.cursors, id, withKey(cursors, member, seq)) }
}

/** A changed message, in the log and as the last line of the list. */
export function amend(state: ChatState, message: Message): ChatState {
  const next = withLog(state, message.conversation_id, (log) => applyChanged(log, message))
  return withEntry(next, message.conversation_id, (entry) => changed(entry, message))
}
