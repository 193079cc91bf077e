/** What the engine needs from the world. The screens give it the API and the socket; tests give it a fake. */
import type { Conversation, Message, TextBody } from '~/api/types'
import type { Attached } from '../uploads/upload'
import type { ClientFrame, ServerFrame } from '~/api/frames'

export interface MessagePage {
  readonly items: readonly Message[]
  readonly has_older: boolean
  readonly has_newer: boolean
}

/** Where a page begins: the newest when nothing is said. */
export interface PageAt {
  readonly before?: number
  readonly after?: number
  readonly around?: number
  readonly at?: string
}

export interface SyncQuestion {
  readonly pos: number | null
  readonly positions: readonly { conversation_id: string; seq: number }[]
}

export interface SyncAnswer {
  readonly pos: number
  readonly conversations: readonly Conversation[]
  readonly gone: readonly string[]
  readonly messages: readonly { conversation_id: string; items: readonly Message[]; has_more: boolean }[]
  readonly changed: readonly Message[]
  readonly refetch: boolean
}

export type Draft = NonNullable<Conversation['my']['draft']>

/** A draft the server does not have yet; null when what it has is to go. */
export interface KeptDraft {
  readonly id: string
  readonly draft: Draft | null
  /** When it was written, ms. */
  readonly at: number
}

/** What became of a draft: it is there, or words of another device are newer, or trying again is no use. */
export type DraftFate = 'saved' | 'older' | 'refused'

export interface ChatApi {
  conversations(after: string | null): Promise<{ items: readonly Conversation[]; next: string | null }>
  /** Null when it does not exist for this person. */
  conversation(id: string): Promise<Conversation | null>
  messages(id: string, at: PageAt): Promise<MessagePage>
  sync(question: SyncQuestion): Promise<SyncAnswer>
  /** `age` says how long ago it was written, ms. */
  saveDraft(id: string, draft: Draft | null, age: number): Promise<DraftFate>
}

export interface ChatWire {
  /** False when the frame could not leave. */
  send(frame: ClientFrame): boolean
  on(listener: (frame: ServerFrame) => void): () => void
  isOnline(): boolean
}

/** What outlives the page: sealed on this device, gone at sign-out. */
export interface Memory {
  keepOutgoing(item: { client_id: string }): void
  dropOutgoing(clientId: string): void
  keepDraft(draft: KeptDraft): void
  dropDraft(conversation: string): void
}

/** The files of messages on their way, by the ids of their uploads. */
export interface Attachments {
  status(ids: readonly string[]): Attached
  /** Whether this window has all of them. */
  hasAll(ids: readonly string[]): boolean
  bytesLeft(ids: readonly string[]): number
  /** They are part of a message now. */
  take(ids: readonly string[]): void
  retry(ids: readonly string[]): void
  cancel(ids: readonly string[]): void
  /** The message is stored: nothing of them has to stay. */
  forget(ids: readonly string[]): void
  prune(referred: ReadonlySet<string>): void
  readonly store: { subscribe(listener: () => void): () => void }
}

export const noMemory: Memory = {
  keepOutgoing: () => undefined,
  dropOutgoing: () => undefined,
  keepDraft: () => undefined,
  dropDraft: () => undefined,
}

export type { TextBody }
