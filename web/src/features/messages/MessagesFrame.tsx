/** Starts the messages engine for whoever is signed in, in the organisation that is open. */
import type { FrameProps } from '~/shell/frame'
import { useSession } from '~/shell/session'
import { MessagesRoot } from './MessagesRoot'

export function MessagesFrame({ slug, children }: FrameProps) {
  const session = useSession()
  const place = session?.organisations.find((organisation) => organisation.slug === slug)
  if (!session || !place) return children
  const scope = `${session.account_id}/${place.id}`
  return (
    <MessagesRoot key={scope} slug={slug} scope={scope} me={place.member_id}>
      {children}
    </MessagesRoot>
  )
}
