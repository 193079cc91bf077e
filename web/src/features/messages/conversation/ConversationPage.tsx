/** The address of one conversation. */
import { useLocation, useParams, useSearch } from '@tanstack/react-router'
import { useEffect, useMemo } from 'react'
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
  useEffect(() => {
    if (conversation === undefined) return
    engine.open(conversation).catch(() => undefined)
  }, [engine, conversation])
  if (conversation === undefined) return null
  return <ConversationView id={conversation} at={place} />
}
