/** Everything the messages screens show, and how frames of the socket change it. Pure: no clock, no network. */
import type { Conversation, Message } from '~/api/types'
import type { ChatFrame, PresenceFrame, PresenceState, ServerFrame, TypingFrame } from '~/api/frames'
import { changed, type Entry, heard, mergeEntry, readUpTo, unread } from './entry'
import { applyChanged, applyLive, applyTail, emptyLog, type Log, noteLast } from './log'
import { failed, held, type Outbox, settled } from './outbox'

/** `cached` is what this device remembers; `fresh` is what the server said. */
export type Listing = 'loading' | 'cached' | 'fresh' | 'failed'

export interface ChatState {
  readonly me: string
  readonly listing: Listing
  readonly pos: number | null
  readonly entries: ReadonlyMap<string, Entry>
  readonly logs: ReadonlyMap<string, Log>
  readonly outbox: Outbox
  /** Conversation → member → until when that member counts as typing. */
  readonly typing: ReadonlyMap<string, ReadonlyMap<string, number>>
  /** Conversation → member → read up to this seq. Only conversations whose members were loaded. */
  readonly cursors: ReadonlyMap<string, ReadonlyMap<string, number>>
  readonly presence: ReadonlyMap<string, PresenceState>
}

export function initialState(me: string): ChatState {
  return {
    me,
    listing: 'loading',
    pos: null,
    entries: new Map(),
    logs: new Map(),
    outbox: [],
    typing: new Map(),
    cursors: new Map(),
    presence: new Map(),
  }
}

const TYPING_SHOWN_MS = 6_000

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
    entries.set(conversation.id, mergeEntry(entries.get(conversation.id), conversation))
    const log = logs.get(conversation.id)
    if (log) logs.set(conversation.id, noteLast(log, conversation.last.seq))
  }
  return { ...state, entries, logs }
}

/** Conversations this person is no longer part of: nothing of them stays. */
export function forget(state: ChatState, ids: readonly string[]): ChatState {
  return ids.reduce<ChatState>(
    (next, id) => ({
      ...next,
      entries: withoutKey(next.entries, id),
      logs: withoutKey(next.logs, id),
      typing: withoutKey(next.typing, id),
      cursors: withoutKey(next.cursors, id),
      outbox: next.outbox.filter((item) => item.conversation_id !== id),
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

/** The server has stored an own message. What was in the outbox becomes a message with its place. */
function acknowledged(state: ChatState, frame: Extract<ChatFrame, { k: 'sent' }>): ChatState {
  const outgoing = state.outbox.find((item) => item.client_id === frame.client_id)
  if (!outgoing) return withLog(state, frame.conversation_id, (log) => noteLast(log, frame.seq))
  const { file_ids: _ids, ...body } = outgoing.body
  return arrive(state, {
    id: frame.id,
    conversation_id: frame.conversation_id,
    seq: frame.seq,
    n: frame.n,
    author_id: state.me,
    sent_at: frame.sent_at,
    client_id: frame.client_id,
    state: 'sent',
    body,
    kept_until: frame.kept_until,
  })
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

function reduceChat(state: ChatState, frame: ChatFrame, now: number): ChatState {
  switch (frame.k) {
    case 'message':
      return arrive(state, frame.message)
    case 'changed':
      return amend(state, frame.message)
    case 'sent':
      return acknowledged(state, frame)
    case 'refused':
      return {
        ...state,
        outbox: frame.retry_s
          ? held(state.outbox, frame.client_id, now + frame.retry_s * 1000)
          : failed(state.outbox, frame.client_id, frame.code),
      }
    case 'read': {
      const next = noteCursor(state, frame.conversation_id, frame.member_id, frame.seq)
      if (frame.member_id !== state.me) return next
      return withEntry(next, frame.conversation_id, (entry) => readUpTo(entry, frame.seq, frame.n))
    }
  }
}

function reduceTyping(state: ChatState, frame: TypingFrame, now: number): ChatState {
  if (frame.member_id === state.me) return state
  const typing = new Map(state.typing.get(frame.conversation_id)).set(frame.member_id, now + TYPING_SHOWN_MS)
  return { ...state, typing: withKey(state.typing, frame.conversation_id, typing) }
}

function reducePresence(state: ChatState, frame: PresenceFrame): ChatState {
  const presence = new Map(state.presence)
  for (const item of frame.items) presence.set(item.member_id, item.state)
  return { ...state, presence }
}

/** Ends what people stopped typing. */
export function untype(state: ChatState, now: number): ChatState {
  const typing = new Map<string, ReadonlyMap<string, number>>()
  let isSame = true
  for (const [id, members] of state.typing) {
    const left = new Map([...members].filter(([, until]) => until > now))
    if (left.size !== members.size) isSame = false
    if (left.size > 0) typing.set(id, left)
  }
  return isSame ? state : { ...state, typing }
}

/** One frame of the socket. */
export function reduce(state: ChatState, frame: ServerFrame, now: number): ChatState {
  if (frame.c === 'chat') return reduceChat(state, frame, now)
  if (frame.c === 'typing') return reduceTyping(state, frame, now)
  if (frame.c === 'presence') return reducePresence(state, frame)
  if (frame.c === 'events') return { ...state, pos: Math.max(state.pos ?? 0, frame.pos) }
  return state
}
