/** One straw line when the server is out of reach. What is written meanwhile goes on. */
import { Trans } from '@lingui/react/macro'
import { CloudOff } from 'lucide-react'
import { useOnline } from '~/lib/useOnline'
import { Button } from '~/ui/Button'
import { Icon } from '~/ui/Icon'
import { useIsAway } from './away'
import { useLive } from './live'
import styles from './OfflineBanner.module.css'

export function OfflineBanner() {
  const live = useLive()
  const isOnline = useOnline()
  if (!useIsAway()) return null
  return (
    <div className={styles.banner} role="status">
      <Icon icon={CloudOff} />
      <span className="grow">
        {isOnline ? <Trans>The server is out of reach. Messages you write wait on this device.</Trans> : <Trans>No network. Messages you write wait on this device.</Trans>}
      </span>
      {isOnline && (
        <Button size="s" variant="ghost" onPress={() => live.reconnect()}>
          <Trans>Try now</Trans>
        </Button>
      )}
    </div>
  )
}
