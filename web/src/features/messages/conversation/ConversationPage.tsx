/** The address of one conversation. */
import { useParams, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useMessages } from '../context'
import { ConversationView } from './ConversationView'

export function ConversationPage() {
  const { conversation } = useParams({ strict: false })
  const { at } = useSearch({ strict: false })
  const { engine } = useMessages()
  useEffect(() => {
    if (conversation === undefined) return
    engine.open(conversation).catch(() => undefined)
  }, [engine, conversation])
  if (conversation === undefined) return null
  return <ConversationView key={conversation} id={conversation} at={at ?? null} />
}
