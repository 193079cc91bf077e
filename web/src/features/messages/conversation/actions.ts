/** What can be done with a message, for the rows of the list. */
import { createContext, useContext } from 'react'
import type { Conversation, Message } from '~/api/types'
import type { Entry } from '../engine/entry'

export interface MessageActions {
  entry: Entry
  jump: (seq: number) => void
  reply: (message: Message) => void
  edit: (message: Message) => void
  forward: (message: Message) => void
  showReaders: (message: Message) => void
  /** Asks before it takes the message away. */
  remove: (message: Message) => void
}

export const MessageActionsContext = createContext<MessageActions | null>(null)

export function useMessageActions(): MessageActions {
  const actions = useContext(MessageActionsContext)
  if (!actions) throw new Error('no MessageList above')
  return actions
}

/** Organisations that do not say otherwise. */
const EDIT_S = 15 * 60
const RECALL_S = 2 * 60

export interface Windows {
  edit_window_s?: number
  recall_window_s?: number
}

function isBefore(until: string | null | undefined, sent: string, window: number, now: number): boolean {
  return now < (until ? Date.parse(until) : Date.parse(sent) + window * 1000)
}

/** Whether its author may still change a message. The server has the last word. */
export function canEdit(message: Message, me: string, now: number, windows: Windows = {}): boolean {
  const isOwn = message.author_id === me && message.body?.kind === 'text' && !message.body.forwarded
  return isOwn && isBefore(message.edit_until, message.sent_at, windows.edit_window_s ?? EDIT_S, now)
}

export function canRecall(message: Message, me: string, now: number, windows: Windows = {}): boolean {
  const isOwn = message.author_id === me && message.body !== null && message.body.kind !== 'system'
  return isOwn && isBefore(message.recall_until, message.sent_at, windows.recall_window_s ?? RECALL_S, now)
}

/** Whoever looks after a group may take any message in it away, at any time; what can still be recalled is recalled. */
export function canRemove(message: Message, { can }: Conversation, me: string, now: number, windows: Windows = {}): boolean {
  return can.remove && message.body !== null && message.body.kind !== 'system' && !canRecall(message, me, now, windows)
}
