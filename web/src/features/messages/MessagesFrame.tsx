/** Starts the messages engine for whoever is signed in, in the organisation that is open. */
import { useState } from 'react'
import type { FrameProps } from '~/shell/frame'
import { useSession } from '~/shell/session'
import { MessagesRoot } from './MessagesRoot'

interface Standing {
  scope: string
  me: string
}

export function MessagesFrame({ slug, children }: FrameProps) {
  const session = useSession()
  const place = session?.organisations.find((organisation) => organisation.slug === slug)
  const now: Standing | null = session && place ? { scope: `${session.account_id}/${place.id}`, me: place.member_id } : null
  const [last, setLast] = useState(now)
  if (now !== null && now.scope !== last?.scope) setLast(now)
  // Once the sign-in is over the pages are still drawn until one is out of them, and they ask the engine.
  const standing = now ?? last
  if (standing === null) return children
  return (
    <MessagesRoot key={standing.scope} slug={slug} scope={standing.scope} me={standing.me}>
      {children}
    </MessagesRoot>
  )
}
