/** One quiet line when the server has a newer client. Nothing is taken away from whoever is writing. */
import { Trans, useLingui } from '@lingui/react/macro'
import { RefreshCw } from 'lucide-react'
import { useEffect } from 'react'
import { Button } from '~/ui/Button'
import { Icon } from '~/ui/Icon'
import { useLive } from './live'
import styles from './UpdateBanner.module.css'
import { heardVersion, useUpdate } from './update'

export function UpdateBanner() {
  const { t } = useLingui()
  const live = useLive()
  const { isNewer } = useUpdate()
  useEffect(
    () =>
      live.on((frame) => {
        if (frame.c === 'sys' && frame.k === 'hello') heardVersion(frame.version)
      }),
    [live],
  )
  if (!isNewer) return null
  return (
    <div className={styles.banner} role="status">
      <Icon icon={RefreshCw} />
      <span className="grow"><Trans>Tulou was updated. Reload when it suits you.</Trans></span>
      <Button size="s" variant="ghost" onPress={() => location.reload()}>{t`Reload`}</Button>
    </div>
  )
}
