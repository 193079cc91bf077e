/** Asks for leave to show notifications when it first matters, in our words before the browser's. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { BellRing } from 'lucide-react'
import { useEffect, useState } from 'react'
import { call } from '~/api/client'
import { useLive } from '~/shell/live'
import { Button } from '~/ui/Button'
import { Icon } from '~/ui/Icon'
import { toast } from '~/ui/toast'
import { useMessages } from '../context'
import { isLookedAt } from '../conversation/useUnreadLine'
import { notificationSettings } from '../queries'
import styles from './AskNotifications.module.css'

const LATER = 'ask-notifications-after'
const LATER_MS = 14 * 24 * 3600 * 1000

function mayAsk(): boolean {
  if (typeof Notification === 'undefined' || Notification.permission !== 'default') return false
  return Date.now() > Number(localStorage.getItem(LATER) ?? 0)
}

/** True once a message came while nobody looked: the moment a notification would have helped. */
function useMissedOne(): boolean {
  const live = useLive()
  const { me } = useMessages()
  const [missed, setMissed] = useState(false)
  useEffect(
    () =>
      live.on((frame) => {
        if (frame.c === 'chat' && frame.k === 'message' && frame.message.author_id !== me && !isLookedAt()) setMissed(true)
      }),
    [live, me],
  )
  return missed
}

export function AskNotifications() {
  const { t } = useLingui()
  const missed = useMissedOne()
  const queries = useQueryClient()
  const settings = useQuery(notificationSettings()).data
  const [isDone, setDone] = useState(false)
  if (!missed || isDone || !settings || !mayAsk()) return null
  const later = () => {
    localStorage.setItem(LATER, String(Date.now() + LATER_MS))
    setDone(true)
  }
  const allow = async () => {
    setDone(true)
    if ((await Notification.requestPermission()) !== 'granted') return
    try {
      await call('put', '/v1/notification-settings', { body: { ...settings, desktop: true } })
      await queries.invalidateQueries({ queryKey: notificationSettings().queryKey })
      toast(t`Notifications are on. You can change this in the settings.`)
    } catch {
      toast(t`That did not reach the server. Nothing was changed.`, { tone: 'bad' })
    }
  }
  return (
    <section className={styles.ask} aria-label={t`Notifications`}>
      <p className={styles.words}>
        <Icon icon={BellRing} size={15} />
        <span><Trans>A message came while this window was in the background. Shall it tell you next time?</Trans></span>
      </p>
      <div className={styles.buttons}>
        <Button size="s" variant="ghost" onPress={later}>{t`Not now`}</Button>
        <Button size="s" variant="soft" onPress={() => void allow()}>{t`Yes, notify me`}</Button>
      </div>
    </section>
  )
}
