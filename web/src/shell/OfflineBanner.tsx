/** One straw line when the server is out of reach. What is written meanwhile goes on. */
import { Trans } from '@lingui/react/macro'
import { CloudOff } from 'lucide-react'
import { useOnline } from '~/lib/useOnline'
import { Button } from '~/ui/Button'
import { Icon } from '~/ui/Icon'
import { useLive, useLiveState } from './live'
import styles from './OfflineBanner.module.css'

/** A restart of the server or one lost attempt is not worth a word. */
const WORTH_SAYING = 2

export function OfflineBanner() {
  const live = useLive()
  const { failures, status } = useLiveState()
  const isOnline = useOnline()
  if (isOnline && (status === 'online' || failures < WORTH_SAYING)) return null
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
