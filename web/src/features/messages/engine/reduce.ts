/** How frames of the socket change what the messages screens show. Pure: no clock, no network. */
import type { ChatFrame, PresenceFrame, ServerFrame, TypingFrame } from '~/api/frames'
import { readUpTo } from './entry'
import { noteLast } from './log'
import { failed, held } from './outbox'
import { amend, arrive, type ChatState, noteCursor, withEntry, withKey, withLog } from './state'

const TYPING_SHOWN_MS = 6_000

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
  if (frame.c === 'sys') return frame.k === 'hello' ? { ...state, isBehind: true } : state
  if (frame.k === 'refetch') return { ...state, isBehind: true }
  return state.isBehind ? state : { ...state, pos: Math.max(state.pos ?? 0, frame.pos) }
}
