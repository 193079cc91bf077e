/** Opens pictures large. The viewer itself is loaded with the first picture that is opened. */
import { createContext, lazy, type ReactNode, Suspense, useContext, useMemo } from 'react'
import type { Message } from '~/api/types'
import { useStateFor } from '~/lib/useStateFor'
import { useMessages } from '../context'
import type { FilePlace } from './addresses'
import { type FileRef, filesOf, isShown, type SentFile } from './types'

export interface GalleryItem {
  readonly file: FileRef
  readonly place: FilePlace
  readonly author_id: string
  readonly sent_at: string
  readonly kept_until: string
}

interface GalleryOpener {
  /** The pictures around this one: those of a list, or those of the conversation that this device holds. */
  openAt: (place: FilePlace, items?: readonly GalleryItem[]) => void
}

const GalleryContext = createContext<GalleryOpener>({ openAt: () => undefined })
export const useGallery = () => useContext(GalleryContext)

const Gallery = lazy(() => import('./Gallery').then((part) => ({ default: part.Gallery })))

/** Every picture of these messages, oldest first. */
export function picturesOf(messages: Iterable<Message>): readonly GalleryItem[] {
  return [...messages]
    .sort((a, b) => a.seq - b.seq)
    .flatMap(({ conversation_id, seq, author_id, sent_at, kept_until, body }) =>
      filesOf(body)
        .filter(isShown)
        .map((file) => ({ file, place: { conversation: conversation_id, seq, file: file.id }, author_id, sent_at, kept_until })),
    )
}

/** The same of a list that was read from the server, in its order. */
export const itemOf = (conversation: string, { file, seq, author_id, sent_at, kept_until }: SentFile): GalleryItem => ({ file, place: { conversation, seq, file: file.id }, author_id, sent_at, kept_until })

const isAt = (item: GalleryItem, place: FilePlace) => item.place.file === place.file && item.place.seq === place.seq

interface Props {
  /** What the pictures belong to: with another conversation it closes. */
  of?: string
  onJump: (seq: number, conversation: string) => void
  children: ReactNode
}

export function GalleryProvider({ of = '', onJump, children }: Props) {
  const { engine } = useMessages()
  const [shown, setShown] = useStateFor<{ items: readonly GalleryItem[]; index: number } | null>(of, () => null)
  const opener = useMemo<GalleryOpener>(
    () => ({
      openAt: (place, listed) => {
        const items = listed ?? picturesOf(engine.store.getState().logs.get(place.conversation)?.messages.values() ?? [])
        const index = items.findIndex((item) => isAt(item, place))
        if (index >= 0) setShown({ items, index })
      },
    }),
    [engine, setShown],
  )
  const jump = (seq: number, conversation: string) => {
    setShown(null)
    onJump(seq, conversation)
  }
  return (
    <GalleryContext value={opener}>
      {children}
      {shown && (
        <Suspense fallback={null}>
          <Gallery items={shown.items} start={shown.index} onClose={() => setShown(null)} onJump={jump} />
        </Suspense>
      )}
    </GalleryContext>
  )
}
