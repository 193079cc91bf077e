/** Makes new messages known outside their conversation: on the desktop, or as a short word inside the window. Draws nothing. */
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useLocation, useRouter } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useLive } from '~/shell/live'
import { isolated } from '~/lib/bidi'
import { links } from '~/shell/links'
import { useBadges } from '~/shell/badges'
import type { Message } from '~/api/types'
import { useMessages } from '../context'
import { isLookedAt } from '../conversation/useUnreadLine'
import { notificationSettings } from '../queries'
import { useSummary } from '../files/summary'
import { signFor } from './decide'
import { useCalls } from './useCalls'

/** What applies until the server has said otherwise: nothing leaves the window, nothing sounds. */
const quiet = { desktop: false, sound: false, mentions_only: false, shows_text: false }

/** The conversation an address opens. */
const openIn = (path: string) => /\/messages\/([^/?]+)/.exec(path)?.[1] ?? null

export function Notifications() {
  const { t } = useLingui()
  const live = useLive()
  const { engine, people, me, slug } = useMessages()
  const router = useRouter()
  const settings = useQuery({ ...notificationSettings(), staleTime: 300_000 }).data ?? quiet
  const summaryOf = useSummary()
  const call = useCalls(useLocation({ select: (place) => openIn(place.pathname) }))
  const words = {
    somebody: t({ message: 'Somebody', context: 'in place of a name' }),
    group: t`Group chat`,
    fresh: t`New message`,
    called: (name: string, place: string) => t`${name} mentioned you in ${place}`,
  }
  const latest = useRef({ settings, words, summaryOf })
  useEffect(() => {
    latest.current = { settings, words, summaryOf }
  })
  useAppBadge()
  useOpenedOutside()
  useEffect(() => {
    const tell = async (message: Message) => {
      const id = message.conversation_id
      const entries = () => engine.store.getState().entries
      if (!entries().has(id)) await engine.sync.refresh(id)
      const entry = entries().get(id)
      if (!entry) return
      const open = openIn(router.state.location.pathname)
      const { settings: now, words: say } = latest.current
      const sign = signFor(message, entry, { me, open, isLookedAt: isLookedAt(), settings: now })
      if (sign.t === 'none') return
      const name = isolated((await people.know(message.author_id))?.name ?? say.somebody)
      const isGroup = entry.conversation.kind === 'group'
      const place = isGroup ? isolated(entry.conversation.name ?? say.group) : name
      if (sign.t === 'toast') return call(id, say.called(name, place))
      const text = message.body?.kind === 'text' ? latest.current.summaryOf(message.body, 140) : ''
      const body = !sign.showsText ? say.fresh : isGroup ? `${name}: ${text}` : text
      const path = links.conversation(slug, id, message.seq)
      await show({ title: place, body, tag: id, silent: !sign.sound, path }, (to) => router.history.push(to))
    }
    return live.on((frame) => {
      if (frame.c === 'chat' && frame.k === 'message') void tell(frame.message).catch(() => undefined)
    })
  }, [live, engine, people, me, slug, router, call])
  return null
}

interface Shown {
  title: string
  body: string
  /** One notification a conversation: a newer one takes the place of the older. */
  tag: string
  silent: boolean
  path: string
}

/** Through the service worker where there is one (a phone knows no other way), otherwise from this window. */
async function show({ title, body, tag, silent, path }: Shown, open: (path: string) => void) {
  if (typeof Notification === 'undefined' || Notification.permission !== 'granted') return
  const options = { body, tag, silent, icon: '/icons/tulou-180.png', data: { path } }
  const worker = 'serviceWorker' in navigator ? await navigator.serviceWorker.getRegistration() : undefined
  if (worker?.active) return worker.showNotification(title, options)
  const notification = new Notification(title, options)
  notification.onclick = () => {
    window.focus()
    notification.close()
    open(path)
  }
}

/** A notification of the service worker was pressed: go where it points. */
function useOpenedOutside() {
  const router = useRouter()
  useEffect(() => {
    if (!('serviceWorker' in navigator)) return
    const opened = (event: MessageEvent<unknown>) => {
      const { data } = event
      if (typeof data !== 'object' || data === null || !('path' in data)) return
      if (typeof data.path === 'string' && data.path.startsWith('/o/')) router.history.push(data.path)
    }
    navigator.serviceWorker.addEventListener('message', opened)
    return () => navigator.serviceWorker.removeEventListener('message', opened)
  }, [router])
}

/** The number on the installed app's icon. */
function useAppBadge() {
  const waiting = useBadges((badges) => badges.messages)
  useEffect(() => {
    if (!('setAppBadge' in navigator)) return
    const done = waiting > 0 ? navigator.setAppBadge(waiting) : navigator.clearAppBadge()
    done.catch(() => undefined)
  }, [waiting])
}
