/** What of conversations is shown on the screens of others: names, faces, what was said around a place, and their files. */
import { Plural } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense } from 'react'
import { query } from '~/api/client'
import { colourOf } from '~/lib/names'
import { type ConversationParts, ConversationsProvider, type FoundFile } from '~/shell/preview'
import { GroupAvatar } from '~/ui/Avatar'
import { PrivacyLine } from '~/ui/PrivacyLine'
import { NameSkeleton } from '~/ui/Skeleton'
import { useEntry, useMessages } from '../context'
import { byActivity, type Entry } from '../engine/entry'
import { useDownload } from '../files/FileCard'
import { FileIcon } from '../files/FileIcon'
import { FileName } from '../files/FileName'
import { GalleryProvider, useGallery } from '../files/GalleryProvider'
import { KeptUntil } from '../files/KeptUntil'
import { isShown } from '../files/types'
import { useKeptFor } from '../keptFor'
import { ConversationAvatar, useTitle } from '../names'
import styles from './parts.module.css'

/** The conversation as this device knows it, or read for once: an old hit may stand in one that is not in the list any more. */
function useConversation(id: string) {
  const entry = useEntry(id)
  const read = useQuery({ ...query('get', '/v1/conversations/{conversation}', { path: { conversation: id } }), enabled: entry === undefined })
  return entry?.conversation ?? read.data
}

function ConversationTitle({ id, children }: { id: string; children?: (title: string) => ReactNode }) {
  const title = useTitle(useConversation(id))
  if (title === '') return <NameSkeleton />
  return children ? children(title) : title
}

function ConversationPicture({ id, size }: { id: string; size: number }) {
  const conversation = useConversation(id)
  return conversation ? <ConversationAvatar conversation={conversation} size={size} /> : <GroupAvatar name="" colour={colourOf(id)} size={size} />
}

function ConversationFacts({ id }: { id: string }) {
  const conversation = useConversation(id)
  const kept = useKeptFor(conversation?.kept_days ?? 0)
  if (!conversation) return null
  return (
    <span className={styles.facts}>
      {conversation.kind === 'group' && <span><Plural value={conversation.member_count} one="# member" other="# members" /></span>}
      <PrivacyLine keptFor={kept} />
    </span>
  )
}

const Around = lazy(() => import('./Around').then((part) => ({ default: part.Around })))

const MOST_NAMED = 20

interface ProviderProps {
  onJump: (conversation: string, seq: number) => void
  children: ReactNode
}

function Provider({ onJump, children }: ProviderProps) {
  return (
    <GalleryProvider onJump={(seq, conversation) => onJump(conversation, seq)}>
      <Opener>{children}</Opener>
    </GalleryProvider>
  )
}

function Opener({ children }: { children: ReactNode }) {
  const { engine, people } = useMessages()
  const { openAt } = useGallery()
  const download = useDownload()
  const named = (words: string) => {
    const wanted = words.trim().toLocaleLowerCase()
    const entries = [...engine.store.getState().entries.values()].sort(byActivity)
    people.want(entries.flatMap((entry) => entry.conversation.peer_id ?? []))
    const known = people.snapshot()
    const nameOf = ({ conversation }: Entry) => conversation.name ?? known.get(conversation.peer_id ?? '')?.name ?? ''
    return entries.filter((entry) => nameOf(entry).toLocaleLowerCase().includes(wanted)).slice(0, MOST_NAMED).map((entry) => entry.conversation.id)
  }
  const openFile = ({ conversation_id, ...found }: FoundFile) => {
    const place = { conversation: conversation_id, seq: found.seq, file: found.file.id }
    if (isShown(found.file)) openAt(place, [{ ...found, place }])
    else void download(place, found.file.name)
  }
  return <ConversationsProvider value={{ named, openFile }}>{children}</ConversationsProvider>
}

export const parts: ConversationParts = {
  Title: ConversationTitle,
  Picture: ConversationPicture,
  Facts: ConversationFacts,
  Around: (props) => <Suspense fallback={null}><Around {...props} /></Suspense>,
  FileSquare: ({ file }) => <FileIcon file={file} />,
  FileName,
  KeptUntil,
  Provider,
}
