/** From messages to the lines of the screen: days, the unread line, who speaks, and what is still on its way. Pure. */
import type { Message } from '~/api/types'
import type { Outgoing } from '../engine/outbox'

export type Row =
  | { t: 'start'; key: string }
  | { t: 'day'; key: string; at: string }
  | { t: 'unread'; key: string; count: number }
  | { t: 'message'; key: string; message: Message; isFirst: boolean; isLast: boolean; isMine: boolean }
  | { t: 'system'; key: string; message: Message }
  | { t: 'outgoing'; key: string; item: Outgoing; isFirst: boolean }

/** Messages of one person within this time stand together. */
const TOGETHER_MS = 5 * 60_000

export interface RowsOf {
  messages: readonly Message[]
  outgoing: readonly Outgoing[]
  me: string
  /** The last seq that was read when the conversation was opened; null without an unread line. */
  unreadAfter: number | null
  /** Nothing is older than the first message. */
  hasStart?: boolean
  /** The calendar day of a time, where this person is. */
  dayOf: (at: string) => string
}

export function isSystem(message: Message): boolean {
  return message.body?.kind === 'system'
}

/** Taken back, or away. */
function isGone(message: Message): boolean {
  return message.state === 'recalled' || message.state === 'removed'
}

function standTogether(a: Message | undefined, b: Message, dayOf: RowsOf['dayOf']): boolean {
  if (!a || isSystem(a) || isSystem(b) || a.author_id !== b.author_id) return false
  if (isGone(a) || isGone(b)) return false
  return Date.parse(b.sent_at) - Date.parse(a.sent_at) < TOGETHER_MS && dayOf(a.sent_at) === dayOf(b.sent_at)
}

/** How many messages of others stand below the unread line. */
export function countUnread(messages: readonly Message[], after: number, me: string): number {
  return messages.filter((message) => message.seq > after && message.author_id !== me && !isSystem(message) && !isGone(message)).length
}

export function rowsOf({ messages, outgoing, me, unreadAfter, hasStart = false, dayOf }: RowsOf): Row[] {
  const rows: Row[] = hasStart ? [{ t: 'start', key: 'start' }] : []
  const unread = unreadAfter === null ? 0 : countUnread(messages, unreadAfter, me)
  let day = ''
  const isLineInside = hasStart || (unreadAfter !== null && (messages[0]?.seq ?? 0) <= unreadAfter + 1)
  let isLineDrawn = unread === 0 || !isLineInside
  let previous: Message | undefined
  for (const [index, message] of messages.entries()) {
    const itsDay = dayOf(message.sent_at)
    if (itsDay !== day) {
      // Above the first message only if the day begins there: a line that moves away when older ones come in would take
      // the reader's place with it.
      if (index > 0 || hasStart) rows.push({ t: 'day', key: `day ${itsDay}`, at: message.sent_at })
      day = itsDay
    }
    const isBelow = unreadAfter !== null && message.seq > unreadAfter && message.author_id !== me && !isSystem(message)
    if (!isLineDrawn && isBelow) {
      rows.push({ t: 'unread', key: 'unread', count: unread })
      isLineDrawn = true
      previous = undefined
    }
    const key = keyOf(message)
    if (isSystem(message)) {
      rows.push({ t: 'system', key, message })
    } else {
      const next = messages[index + 1]
      rows.push({
        t: 'message',
        key,
        message,
        isFirst: !standTogether(previous, message, dayOf),
        isLast: !next || !standTogether(message, next, dayOf),
        isMine: message.author_id === me,
      })
    }
    previous = message
  }
  const isMineLast = previous?.author_id === me && previous.state !== 'recalled' && previous.state !== 'removed' && !isSystem(previous)
  for (const [index, item] of outgoing.entries()) {
    rows.push({ t: 'outgoing', key: item.client_id, item, isFirst: index === 0 && !isMineLast })
  }
  return rows
}

/** The same key before and after a message is stored, so that its bubble stays where it is. */
export function keyOf(message: Message): string {
  return message.client_id ?? message.id
}
