/** Whether this browser shows what the account wants shown: its leave belongs to it alone, the setting to all devices. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useState, useSyncExternalStore } from 'react'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'

type Leave = NotificationPermission | 'unknown'

const leave = (): Leave => (typeof Notification === 'undefined' ? 'unknown' : Notification.permission)

/** It can be changed in the browser's own settings: whoever comes back from there sees it. */
function follow(changed: () => void) {
  window.addEventListener('focus', changed)
  return () => window.removeEventListener('focus', changed)
}

/** What the browser allows, and the way to ask it; it is asked once only, and by a press. */
export function useLeave() {
  const [, setAnswered] = useState<Leave>()
  const ask = () => {
    if (leave() === 'default') void Notification.requestPermission().then(setAnswered)
  }
  return { leave: useSyncExternalStore(follow, leave), ask }
}

export function ThisBrowser({ leave, onAsk }: { leave: Leave; onAsk: () => void }) {
  const { t } = useLingui()
  if (leave === 'granted') return null
  if (leave === 'unknown') return <Banner><Trans>This browser cannot show notifications.</Trans></Banner>
  if (leave === 'denied') return <Banner tone="warn"><Trans>This browser does not allow notifications from this page, so it shows none. Change that in its site settings.</Trans></Banner>
  return (
    <Banner action={<Button size="s" onPress={onAsk}>{t`Allow here`}</Button>}>
      <Trans>This browser has not asked you yet, so it shows none.</Trans>
    </Banner>
  )
}
