/** What a feature shows of its own things on the screens of others, by id: features do not import each other. */
import { type ComponentType, createContext, type ReactNode, useContext } from 'react'
import type { FileRef } from '~/api/types'

export interface FoundFile {
  conversation_id: string
  seq: number
  author_id: string
  sent_at: string
  kept_until: string
  file: FileRef
}

export interface ConversationParts {
  /** Its name as everywhere else, or what is made of it; its place is kept free until it is known. */
  Title: ComponentType<{ id: string; children?: (title: string) => ReactNode }>
  Picture: ComponentType<{ id: string; size: number }>
  /** How many are in it, and how long its messages are kept. */
  Facts: ComponentType<{ id: string }>
  /** What was said around a message. */
  Around: ComponentType<{ id: string; seq: number; children: ReactNode }>
  /** The kind of a file as a tinted square. */
  FileSquare: ComponentType<{ file: Pick<FileRef, 'name' | 'kind'> }>
  FileName: ComponentType<{ name: string }>
  KeptUntil: ComponentType<{ at: string }>
  /** Below it `useConversations` works. */
  Provider: ComponentType<{ onJump: (conversation: string, seq: number) => void; children: ReactNode }>
}

export interface Conversations {
  /** Those on this device whose names hold the words, the one of the last message first. */
  named: (words: string) => readonly string[]
  /** A picture is shown large, everything else is saved. */
  openFile: (file: FoundFile) => void
}

const ConversationsContext = createContext<Conversations>({ named: () => [], openFile: () => undefined })
export const ConversationsProvider = ConversationsContext.Provider
export const useConversations = () => useContext(ConversationsContext)

let provided: ConversationParts | null = null

/** Called once at the start. */
export function provideConversationParts(parts: ConversationParts) {
  provided = parts
}

/** Throws where nothing provides them: a screen that shows conversations needs the feature that has them. */
export function conversationParts(): ConversationParts {
  if (provided === null) throw new Error('nothing provides the parts of conversations')
  return provided
}
