/** The messages of one conversation as this device knows them: whatever arrives in whatever order, the same log. */
import type { Message } from '~/api/types'
import { addRange, type Range, rangeAt } from './ranges'

export interface Log {
  readonly messages: ReadonlyMap<number, Message>
  readonly ranges: readonly Range[]
  /** The highest seq known to exist. */
  readonly last: number
  /** A held seq of the stretch that follows the live end; null until that end was loaded once. */
  readonly follow: number | null
  /** The first seq this person may see, once a page said that nothing is older. */
  readonly first: number | null
}

export const emptyLog: Log = { messages: new Map(), ranges: [], last: 0, follow: null, first: null }

/** A page as the server gave it, with the stretch it answers for. */
export interface Page {
  readonly items: readonly Message[]
  readonly from: number
  readonly to: number
  readonly isFirst?: boolean
}

const ranks = { sent: 0, edited: 1, recalled: 2, removed: 3 }

/** The later of two versions of a message. Total and symmetric, so the order of arrival cannot matter. */
export function fresher(a: Message, b: Message): Message {
  const rank = ranks[a.state] - ranks[b.state]
  if (rank !== 0) return rank > 0 ? a : b
  if ((a.edited_at ?? '') !== (b.edited_at ?? '')) return (a.edited_at ?? '') > (b.edited_at ?? '') ? a : b
  // Only the author's own answer knows the client id, and only the server's word the ends of the windows.
  return {
    ...a,
    client_id: a.client_id ?? b.client_id,
    edit_until: a.edit_until ?? b.edit_until,
    recall_until: a.recall_until ?? b.recall_until,
  }
}

function merged(log: Log, items: readonly Message[]): ReadonlyMap<number, Message> {
  const messages = new Map(log.messages)
  for (const item of items) {
    const held = messages.get(item.seq)
    messages.set(item.seq, held ? fresher(held, item) : item)
  }
  return messages
}

/** Takes in a page that is complete between its ends. */
export function applyPage(log: Log, page: Page): Log {
  const known = page.items.reduce((top, item) => Math.max(top, item.seq), log.last)
  return {
    ...log,
    messages: merged(log, page.items),
    ranges: addRange(log.ranges, page),
    last: Math.max(known, page.to),
    first: page.isFirst ? page.from : log.first,
  }
}

/** Takes in the newest page: from here on the log follows the live end. */
export function applyTail(log: Log, page: Page): Log {
  return { ...applyPage(log, page), follow: page.to }
}

/** Messages of one stretch that are held at once. */
export const MOST_HELD = 1_000
/** Of those, what stays at the live end while somebody reads far from it. */
const TAIL_HELD = 50

/**
 * Lets go of what is far from the page that was just loaded, so that whoever reads through years holds a thousand
 * messages. The newest ones stay: new ones join them.
 */
export function letGo(log: Log, page: Page): Log {
  const range = rangeAt(log.ranges, page.from)
  if (!range || range.to - range.from < MOST_HELD) return log
  const isFollowed = log.follow !== null && range.from <= log.follow && log.follow <= range.to
  const from = Math.max(range.from, page.from - MOST_HELD / 2)
  const to = from + MOST_HELD - 1
  const kept = { from, to: to + 1 >= range.to ? range.to : to }
  const tail = isFollowed && kept.to < range.to ? [{ from: Math.max(kept.to + 2, range.to - TAIL_HELD + 1), to: range.to }] : []
  const messages = new Map(log.messages)
  for (let seq = range.from; seq <= range.to; seq += 1) if (!rangeAt([kept, ...tail], seq)) messages.delete(seq)
  const ranges = [...log.ranges.filter((one) => one !== range), kept, ...tail].sort((a, b) => a.from - b.from)
  return { ...log, messages, ranges, follow: isFollowed ? range.to : log.follow }
}

/** Takes in a message pushed by the server. It may come twice, late, or after a hole. */
export function applyLive(log: Log, message: Message): Log {
  return applyPage(log, { items: [message], from: message.seq, to: message.seq })
}

/** Takes in a changed message. It may overtake the message itself: it is kept, and shown once its place is reached. */
export function applyChanged(log: Log, message: Message): Log {
  return { ...log, messages: merged(log, [message]) }
}

/** Somebody else said that the conversation has grown. */
export function noteLast(log: Log, seq: number): Log {
  return seq > log.last ? { ...log, last: seq } : log
}

/** What is missing between the followed stretch and the live end. */
export function gap(log: Log): Range | null {
  if (log.follow === null) return null
  const held = rangeAt(log.ranges, log.follow)
  const to = held?.to ?? log.follow
  if (to >= log.last) return null
  const next = log.ranges.find((range) => range.from > to)
  return { from: to + 1, to: next ? next.from - 1 : log.last }
}

/** The unbroken stretch around `seq`, without what may no longer be shown. */
export function windowAt(log: Log, seq: number | null, now: number): readonly Message[] {
  if (seq === null) return []
  const range = rangeAt(log.ranges, seq)
  if (!range) return []
  const shown: Message[] = []
  for (let at = range.from; at <= range.to; at += 1) {
    const message = log.messages.get(at)
    if (message && Date.parse(message.kept_until) > now) shown.push(message)
  }
  return shown
}

/** Forgets bodies whose time is over, so that nothing outlives its promise in memory either. */
export function expire(log: Log, now: number): Log {
  const over = [...log.messages.values()].filter((message) => Date.parse(message.kept_until) <= now)
  if (over.length === 0) return log
  const messages = new Map(log.messages)
  for (const message of over) messages.delete(message.seq)
  return { ...log, messages }
}
