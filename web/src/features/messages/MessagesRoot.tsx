/** Runs the messages engine while an organisation is open: on its screens, and behind every other one for counts and notifications. */
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { explainedFor, forgetExplained } from '~/shell/explained'
import { useLive } from '~/shell/live'
import type { Live } from '~/api/live'
import { openSealed, forgetDevice } from '~/lib/offline/sealed'
import { setBadge } from '~/shell/badges'
import { atSignOut } from '~/shell/departure'
import { MessagesContext } from './context'
import { TellUnsent } from './conversation/Unsent'
import { Cache } from './engine/cache'
import { Engine } from './engine/engine'
import { unread } from './engine/entry'
import { People } from './engine/people'
import { followPresence } from './engine/presence'
import type { ChatState } from './engine/state'
import { endUploads, uploadsFor } from './uploads/held'
import { BeginWith } from './people/BeginWith'
import { Notifications } from './notify/Notifications'
import { chatApi, membersById } from './queries'

interface Props {
  slug: string
  /** Account and organisation: what is remembered on this device belongs to the two. */
  scope: string
  /** The own member. */
  me: string
  children: ReactNode
}

function wireOf(live: Live) {
  return {
    send: live.send.bind(live),
    on: live.on.bind(live),
    isOnline: () => live.snapshot().status === 'online',
  }
}

/** What waits: unread messages of conversations that are not muted, and one for each marked unread. */
export function waiting(state: ChatState): number {
  let count = 0
  for (const entry of state.entries.values()) {
    const { is_muted, is_hidden, is_marked_unread } = entry.conversation.my
    if (is_muted || is_hidden) continue
    count += Math.max(unread(entry), is_marked_unread ? 1 : 0)
  }
  return count
}

/** Mount it with `key` of account and organisation. */
export function MessagesRoot({ slug, scope, me, children }: Props) {
  const live = useLive()
  const queries = useQueryClient()
  const [uploads] = useState(() => uploadsFor(scope, slug))
  const [explained] = useState(() => explainedFor(scope))
  const [{ engine, people, cache }] = useState(() => {
    const cache = new Cache(openSealed(scope))
    const people = new People((ids) => membersById(slug, ids))
    return { cache, people, engine: new Engine({ me, api: chatApi(slug), wire: wireOf(live), memory: cache, attachments: uploads }) }
  })
  useEffect(() => {
    const stops = [cache.follow(engine.store, people), atSignOut(endUploads), atSignOut(forgetExplained), atSignOut(forgetDevice)]
    const remembered = cache.load(engine.store, people).catch(() => undefined)
    const restore = async () => {
      await remembered
      await uploads.restore()
      engine.sender.restore(await cache.outgoing())
    }
    void restore()
    engine.start(remembered)
    stops.push(
      followPresence(engine.store, wireOf(live), document),
      live.subscribe(() => live.snapshot().status !== 'online' && engine.offline()),
      live.on((frame) => {
        if (frame.c !== 'sys' || frame.k !== 'hello') return
        uploads.online()
        if (!live.snapshot().isResumed) void remembered.then(() => people.again())
        // What could not be read while the network was away is read now.
        void queries.refetchQueries({ type: 'active', predicate: (query) => query.state.status === 'error' })
      }),
      live.on((frame) => {
        if (frame.c !== 'events') return
        if (frame.k === 'refetch') return people.again()
        if (!frame.name.startsWith('directory.member_')) return
        const id = frame.data['member_id'] ?? frame.data['member']
        if (typeof id === 'string' && people.snapshot().has(id)) people.refresh(id)
      }),
      engine.store.subscribe((state) => setBadge('messages', waiting(state))),
    )
    return () => {
      for (const stop of stops) stop()
      engine.stop()
      setBadge('messages', 0)
    }
  }, [cache, engine, people, uploads, live, queries])
  const shared = useMemo(() => ({ slug, me, engine, people, uploads, explained }), [slug, me, engine, people, uploads, explained])
  return (
    <MessagesContext value={shared}>
      {children}
      <Notifications />
      <TellUnsent />
      <BeginWith />
    </MessagesContext>
  )
}
