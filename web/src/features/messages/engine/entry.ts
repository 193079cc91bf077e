/** One conversation in the list: the server's word about it, and what was heard since. */
import type { Conversation, Message } from '~/api/types'

export interface Entry {
  /** The last snapshot from the server. Its counts are as of `seen`. */
  readonly conversation: Conversation
  /** The seq at which the snapshot was taken. */
  readonly seen: number
  readonly last: Conversation['last']
  readonly lastMessage: Message | null
  /** Everything up to this ordinal is not unread. It only rises. */
  readonly base: number
  /** Ordinals of what was taken back unread: nothing is left there to read. */
  readonly recalled: readonly number[]
  readonly readSeq: number
  /** Mentions heard since the snapshot. */
  readonly mentionSeqs: readonly number[]
}

/** An entry made of a snapshot alone. */
export function entryOf(conversation: Conversation): Entry {
  const { read_n: read, unread: waiting, recalled = [] } = conversation.my
  return {
    conversation,
    seen: conversation.last.seq,
    last: conversation.last,
    lastMessage: conversation.last_message ?? null,
    base: Math.max(read, conversation.last.n - waiting - recalled.length),
    recalled,
    readSeq: conversation.my.read_seq,
    mentionSeqs: [],
  }
}

/**
 * Another word from the server. Answers overtake each other and the socket overtakes them: of two snapshots the later stays,
 * and what was heard after it was taken stays heard.
 */
export function mergeEntry(held: Entry | undefined, conversation: Conversation): Entry {
  const fresh = entryOf(conversation)
  if (!held) return fresh
  const base = Math.max(held.base, fresh.base)
  const recalled = [...new Set([...held.recalled, ...fresh.recalled])].filter((n) => n > base)
  const readSeq = Math.max(held.readSeq, fresh.readSeq)
  const mentionSeqs = held.mentionSeqs.filter((seq) => seq > fresh.seen && seq > readSeq)
  if (fresh.seen < held.seen) return { ...held, base, recalled, readSeq, mentionSeqs: held.mentionSeqs.filter((seq) => seq > readSeq) }
  if (fresh.seen >= held.last.seq) return { ...fresh, base, recalled, readSeq, mentionSeqs }
  // Something was said since: whatever was out of the list then is back in it.
  const shown = withMy(conversation, { is_hidden: false })
  return { ...fresh, conversation: shown, last: held.last, lastMessage: held.lastMessage, base, recalled, readSeq, mentionSeqs }
}

/** Whether a message calls this person: by name, or everybody. */
export function isForMe(message: Message, me: string): boolean {
  const body = message.body
  if (message.author_id === me || body?.kind !== 'text') return false
  return body.mentions_all === true || (body.mentions?.includes(me) ?? false)
}

/** A message arrived. Own messages read everything before them, as they do on the server. */
export function heard(entry: Entry, message: Message, me: string): Entry {
  const isNewest = message.seq > entry.last.seq
  const isMention = isForMe(message, me) && message.seq > entry.seen && message.seq > entry.readSeq
  const next: Entry = {
    ...entry,
    recalled: withRecalled(entry, message),
    last: isNewest ? { seq: message.seq, n: message.n, at: message.sent_at } : entry.last,
    lastMessage: isNewest ? message : entry.lastMessage,
    mentionSeqs:
      isMention && !entry.mentionSeqs.includes(message.seq) ? [...entry.mentionSeqs, message.seq] : entry.mentionSeqs,
  }
  const isMine = message.author_id === me && message.body?.kind !== 'system'
  const shown = isNewest ? { ...next, conversation: withMy(next.conversation, { is_hidden: false }) } : next
  return isMine ? readUpTo(shown, message.seq, message.n) : shown
}

/** The own cursor moved, here or on another device. */
export function readUpTo(entry: Entry, seq: number, n: number): Entry {
  if (seq < entry.readSeq || (seq === entry.readSeq && n <= entry.base)) return entry
  const isPastSnapshot = seq >= entry.seen
  return {
    ...entry,
    readSeq: seq,
    base: Math.max(entry.base, n),
    recalled: entry.recalled.filter((one) => one > n),
    mentionSeqs: entry.mentionSeqs.filter((mention) => mention > seq),
    conversation: withMy(entry.conversation, {
      is_marked_unread: false,
      mentions: isPastSnapshot ? 0 : entry.conversation.my.mentions,
    }),
  }
}

/** A message was edited, recalled or removed. */
export function changed(entry: Entry, message: Message): Entry {
  const recalled = withRecalled(entry, message)
  const isLast = entry.lastMessage?.seq === message.seq
  if (recalled === entry.recalled && !isLast) return entry
  const mentionSeqs = recalled === entry.recalled ? entry.mentionSeqs : entry.mentionSeqs.filter((seq) => seq !== message.seq)
  return { ...entry, recalled, mentionSeqs, lastMessage: isLast ? message : entry.lastMessage }
}

/** Whether a message that is gone now may be a mention the snapshot counts: only the server can tell. */
export function mayHaveCalled(entry: Entry, message: Message): boolean {
  const isCounted = message.seq <= entry.seen && entry.conversation.my.mentions > 0
  return isCounted && withRecalled(entry, message) !== entry.recalled
}

/** With a message that is gone, unless it was read. It is told more than once, and counts once. */
function withRecalled({ base, recalled }: Entry, { n, state }: Message): readonly number[] {
  const isGone = state === 'recalled' || state === 'removed'
  return isGone && n > base && !recalled.includes(n) ? [...recalled, n] : recalled
}

/** The entry with parts of this person's own settings replaced. */
export function withMy(conversation: Conversation, my: Partial<Conversation['my']>): Conversation {
  return { ...conversation, my: { ...conversation.my, ...my } }
}

export function unread(entry: Entry): number {
  return Math.max(0, entry.last.n - entry.base - goneOf(entry).length)
}

/** What was taken back of what is known to be there. */
export function goneOf({ base, last, recalled }: Entry): number[] {
  return recalled.filter((n) => n > base && n <= last.n)
}

export function mentions(entry: Entry): number {
  return unread(entry) === 0 ? 0 : entry.conversation.my.mentions + entry.mentionSeqs.length
}

/** Pinned first, then by the time of the last message; the id breaks ties so that every device agrees. */
export function byActivity(a: Entry, b: Entry): number {
  const pinned = Number(b.conversation.my.is_pinned) - Number(a.conversation.my.is_pinned)
  if (pinned !== 0) return pinned
  return compared(b.last.at, a.last.at) || compared(a.conversation.id, b.conversation.id)
}

/** By code units: times and ids are plain text, and asking for the rules of a language is slow for thousands of them. */
function compared(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
