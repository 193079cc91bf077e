/** What the messages screens share: the engine of the open organisation and the people in it. */
import { createContext, useContext, useEffect, useMemo, useSyncExternalStore } from 'react'
import { useStore } from 'zustand'
import type { Explained } from '~/shell/explained'
import type { Engine } from './engine/engine'
import type { Entry } from './engine/entry'
import type { People, Person } from './engine/people'
import type { ChatState } from './engine/state'
import type { Uploads } from './uploads/queue'
import type { Upload } from './uploads/upload'

export interface Messages {
  slug: string
  me: string
  engine: Engine
  people: People
  uploads: Uploads
  explained: Explained
}

export const MessagesContext = createContext<Messages | null>(null)

export function useMessages(): Messages {
  const messages = useContext(MessagesContext)
  if (!messages) throw new Error('no MessagesRoot above')
  return messages
}

/** A part of the chat state; the component draws again when that part changes. */
export function useChat<T>(select: (state: ChatState) => T): T {
  return useStore(useMessages().engine.store, select)
}

export function useEntry(id: string): Entry | undefined {
  return useChat((state) => state.entries.get(id))
}

/** People by id; the missing ones are asked for and come later. */
export function usePeople(ids: readonly string[]): ReadonlyMap<string, Person> {
  const { people } = useMessages()
  const known = useSyncExternalStore(people.subscribe, people.snapshot)
  const wanted = ids.join(' ')
  useEffect(() => people.want(wanted === '' ? [] : wanted.split(' ')), [people, wanted])
  return known
}

/** These members are followed for as long as they are shown: who of them is there. */
export function useFaces(ids: readonly string[]) {
  const { store } = useMessages().engine
  useEffect(() => {
    store.setState({ faces: ids })
    return () => store.setState((state) => (state.faces === ids ? { faces: [] } : {}))
  }, [store, ids])
}

export function usePerson(id: string | null | undefined): Person | undefined {
  const ids = useMemo(() => (id ? [id] : []), [id])
  const known = usePeople(ids)
  return id ? known.get(id) : undefined
}

/** The uploads of this window, those that pass `belongs`; draws again when one of them moves. */
export function useUploads(belongs: (upload: Upload) => boolean): readonly Upload[] {
  const items = useStore(useMessages().uploads.store, (state) => state.items)
  return items.filter(belongs)
}
