/** The address of one conversation. */
import { useLocation, useParams, useSearch } from '@tanstack/react-router'
import { useEffect, useMemo } from 'react'
import { useMessages } from '../context'
import { ConversationView } from './ConversationView'

export function ConversationPage() {
  const { conversation } = useParams({ strict: false })
  const { at: seq } = useSearch({ strict: false })
  // The same place may be gone to twice, with reading elsewhere in between.
  const visit = useLocation({ select: (place) => place.state.__TSR_key })
  const at = useMemo(() => (seq === undefined ? null : { seq, visit }), [seq, visit])
  const { engine } = useMessages()
  useEffect(() => {
    if (conversation === undefined) return
    engine.open(conversation).catch(() => undefined)
  }, [engine, conversation])
  if (conversation === undefined) return null
  return <ConversationView id={conversation} at={at} />
}
