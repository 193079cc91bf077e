/** The address of one conversation. */
import { useLocation, useParams, useSearch } from '@tanstack/react-router'
import { useEffect, useMemo } from 'react'
import { useLiveState } from '~/shell/live'
import { useMessages } from '../context'
import { useOpenConversation, useShowsConversations } from '../opening'
import { ConversationView } from './ConversationView'

export function ConversationPage() {
  const conversation = useOpenConversation()
  const { conversation: addressed } = useParams({ strict: false })
  const { at } = useSearch({ strict: false })
  const seq = conversation === addressed ? at : undefined
  // The same place may be gone to twice, with reading elsewhere in between.
  const visit = useLocation({ select: (place) => (seq === undefined ? null : place.state.__TSR_key) })
  const place = useMemo(() => (seq === undefined ? null : { seq, visit }), [seq, visit])
  useShowsConversations()
  const { engine } = useMessages()
  // What could not be loaded while the server was away is loaded when it is back.
  const isConnected = useLiveState().status === 'online'
  useEffect(() => {
    if (conversation === undefined) return
    engine.open(conversation).catch(() => undefined)
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- being connected again is the reason to ask again
  }, [engine, conversation, isConnected])
  if (conversation === undefined) return null
  return <ConversationView id={conversation} at={place} />
}
