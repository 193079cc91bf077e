/** Makes new messages known outside their conversation: on the desktop, or as a short word inside the window. Draws nothing. */
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useLive } from '~/shell/live'
import { links } from '~/shell/links'
import { useBadges } from '~/shell/badges'
import { toast } from '~/ui/toast'
import type { Message } from '~/api/types'
import { useMessages } from '../context'
import { isLookedAt } from '../conversation/useUnreadLine'
import { notificationSettings } from '../queries'
import { plainText } from '../text/plain'
import { signFor } from './decide'

/** What applies until the server has said otherwise: nothing leaves the window, nothing sounds. */
const quiet = { desktop: false, sound: false, mentions_only: false, shows_text: false }

export function Notifications() {
  const { t } = useLingui()
  const live = useLive()
  const { engine, people, me, slug } = useMessages()
  const router = useRouter()
  const settings = useQuery({ ...notificationSettings(), staleTime: 300_000 }).data ?? quiet
  const words = {
    somebody: t`Somebody`,
    group: t`Group chat`,
    fresh: t`New message`,
    called: (name: string, place: string) => t`${name} mentioned you in ${place}`,
  }
  const latest = useRef({ settings, words })
  useEffect(() => {
    latest.current = { settings, words }
  })
  useAppBadge()
  useEffect(
    () =>
      live.on((frame) => {
        if (frame.c !== 'chat' || frame.k !== 'message') return
        const { message } = frame
        const entry = engine.store.getState().entries.get(message.conversation_id)
        if (!entry) return
        const open = /\/messages\/([^/?]+)/.exec(router.state.location.pathname)?.[1] ?? null
        const { settings: now, words: say } = latest.current
        const sign = signFor(message, entry, { me, open, isLookedAt: isLookedAt(), settings: now })
        if (sign.t === 'none') return
        const name = people.snapshot().get(message.author_id)?.name ?? say.somebody
        const place = entry.conversation.kind === 'group' ? (entry.conversation.name ?? say.group) : name
        if (sign.t === 'toast') return toast(say.called(name, place))
        const text = textOf(message)
        const body = !sign.showsText ? say.fresh : entry.conversation.kind === 'group' ? `${name}: ${text}` : text
        show(place, body, message.conversation_id, !sign.sound, () => {
          router.history.push(links.conversation(slug, message.conversation_id, message.seq))
        })
      }),
    [live, engine, people, me, slug, router],
  )
  return null
}

function textOf(message: Message): string {
  return message.body?.kind === 'text' ? plainText(message.body.text, 140) : ''
}

/** One notification a conversation: a newer one takes the place of the older. */
function show(title: string, body: string, tag: string, silent: boolean, open: () => void) {
  if (typeof Notification === 'undefined' || Notification.permission !== 'granted') return
  const notification = new Notification(title, { body, tag, silent, icon: '/icons/tulou-180.png' })
  notification.onclick = () => {
    window.focus()
    notification.close()
    open()
  }
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
