/** The key of the log of erasures, and how far the log reaches, for witnesses outside. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Copy, Download } from 'lucide-react'
import { saveFile } from '~/lib/saveFile'
import { QueryState } from '~/shell/QueryState'
import { Button } from '~/ui/Button'
import { IconButton } from '~/ui/IconButton'
import { Skeleton } from '~/ui/Skeleton'
import { toast } from '~/ui/toast'
import styles from '../admin.module.css'
import { erasureCheckpoint } from '../queries'

export function Checkpoint() {
  const { t } = useLingui()
  const found = useQuery(erasureCheckpoint())
  return (
    <QueryState of={found} skeleton={<Skeleton rows={2} />}>
      {({ checkpoint, key, size }) => (
        <div className={styles.once}>
          <p className={styles.legend}><Trans>Key of the log</Trans></p>
          <div className={styles.address}>
            <code>{key}</code>
            <IconButton icon={Copy} label={t`Copy the key of the log`} onPress={() => void navigator.clipboard.writeText(key).then(() => toast(t`Copied`))} />
          </div>
          <div>
            <Button icon={Download} onPress={() => saveFile(new Blob([checkpoint], { type: 'text/plain' }), `erasures-${size}.checkpoint`)}><Trans>Download checkpoint</Trans></Button>
          </div>
        </div>
      )}
    </QueryState>
  )
}
