/** The one place where the state of the messages screens lives. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import { type ChatState, initialState } from './state'

export type ChatStore = StoreApi<ChatState>

export function createChatStore(me: string): ChatStore {
  return createStore<ChatState>(() => initialState(me))
}

/** Replaces the state by a pure change of it. */
export function update(store: ChatStore, change: (state: ChatState) => ChatState): void {
  const before = store.getState()
  const after = change(before)
  if (after !== before) store.setState(after, true)
}
