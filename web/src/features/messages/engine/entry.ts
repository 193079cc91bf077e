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
  readonly readSeq: number
  /** Mentions heard since the snapshot. */
  readonly mentionSeqs: readonly number[]
}

/** An entry made of a snapshot alone. */
export function entryOf(conversation: Conversation): Entry {
  return {
    conversation,
    seen: conversation.last.seq,
    last: conversation.last,
    lastMessage: conversation.last_message ?? null,
    base: Math.max(conversation.my.read_n, conversation.last.n - conversation.my.unread),
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
  const readSeq = Math.max(held.readSeq, fresh.readSeq)
  const mentionSeqs = held.mentionSeqs.filter((seq) => seq > fresh.seen && seq > readSeq)
  if (fresh.seen < held.seen) return { ...held, base, readSeq, mentionSeqs: held.mentionSeqs.filter((seq) => seq > readSeq) }
  if (fresh.seen >= held.last.seq) return { ...fresh, base, readSeq, mentionSeqs }
  // Something was said since: whatever was out of the list then is back in it.
  const shown = withMy(conversation, { is_hidden: false })
  return { ...fresh, conversation: shown, last: held.last, lastMessage: held.lastMessage, base, readSeq, mentionSeqs }
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
    mentionSeqs: entry.mentionSeqs.filter((mention) => mention > seq),
    conversation: withMy(entry.conversation, {
      is_marked_unread: false,
      mentions: isPastSnapshot ? 0 : entry.conversation.my.mentions,
    }),
  }
}

/** A message was edited, recalled or removed. */
export function changed(entry: Entry, message: Message): Entry {
  if (entry.lastMessage?.seq !== message.seq) return entry
  return { ...entry, lastMessage: message }
}

/** The entry with parts of this person's own settings replaced. */
export function withMy(conversation: Conversation, my: Partial<Conversation['my']>): Conversation {
  return { ...conversation, my: { ...conversation.my, ...my } }
}

export function unread(entry: Entry): number {
  return Math.max(0, entry.last.n - entry.base)
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
