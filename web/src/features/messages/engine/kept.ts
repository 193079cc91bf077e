/** In what shape messages are remembered on this device, and that none of their words is kept past its time (IM-18). */
import type { Conversation, Message } from '~/api/types'
import type { KeptDraft } from './port'

export const VERSION = 1

export interface KeptList {
  v: number
  pos: number | null
  conversations: Conversation[]
}

export interface KeptLog {
  v: number
  id: string
  items: Message[]
}

export function isKeptList(value: unknown): value is KeptList {
  return typeof value === 'object' && value !== null && 'v' in value && value.v === VERSION && 'conversations' in value
}

export function isKeptLog(value: unknown): value is KeptLog {
  return typeof value === 'object' && value !== null && 'v' in value && value.v === VERSION && 'items' in value
}

/** An earlier version kept drafts without a time: those count as written now, so that what was written offline is not lost to an update. */
export type KeptDraftOfOld = Omit<KeptDraft, 'at'> & Partial<Pick<KeptDraft, 'at'>>

export function isKeptDraft(value: unknown): value is KeptDraftOfOld {
  return typeof value === 'object' && value !== null && 'id' in value && 'draft' in value
}

export function isShown(message: Message, now: number): boolean {
  return Date.parse(message.kept_until) > now
}

/** A message as it may be kept. What it quotes has an end of its own, earlier than this one's: only the place of it stays. */
export function alone<T extends { body: Message['body'] }>(message: T): T {
  const { body } = message
  if (body?.kind !== 'text' || !body.reply_to?.excerpt) return message
  return { ...message, body: { ...body, reply_to: { ...body.reply_to, excerpt: '' } } }
}

/** The list without the words whose time is over. */
export function prunedList(list: KeptList, now: number): KeptList {
  if (!list.conversations.some(({ last_message: last }) => last && !isShown(last, now))) return list
  return { ...list, conversations: list.conversations.map((one) => (one.last_message && !isShown(one.last_message, now) ? { ...one, last_message: undefined } : one)) }
}

/** The messages of a conversation without those whose time is over. */
export function prunedLog(log: KeptLog, now: number): KeptLog {
  return log.items.every((item) => isShown(item, now)) ? log : { ...log, items: log.items.filter((item) => isShown(item, now)) }
}

/** When the first of some messages ends. */
export function firstEnd(messages: readonly (Message | null | undefined)[]): number {
  return Math.min(Infinity, ...messages.flatMap((message) => (message ? Date.parse(message.kept_until) : [])))
}
