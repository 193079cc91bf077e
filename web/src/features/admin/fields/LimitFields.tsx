/** How long a text may be, and between what a number lies. */
import { useLingui } from '@lingui/react/macro'
import type { FieldKind } from '~/api/types'
import { TextField } from '~/ui/TextField'
import styles from '../admin.module.css'

type Limit = 'longest' | 'least' | 'most'

interface Props {
  kind: FieldKind
  bind: (name: Limit) => { name: string; value: string; onChange: (text: string) => void; errorMessage: string | undefined }
}

export function LimitFields({ kind, bind }: Props) {
  const { t } = useLingui()
  if (kind === 'text') return <TextField {...bind('longest')} label={t`Characters at most`} inputMode="numeric" description={t`Optional, up to 500.`} />
  if (kind !== 'number') return null
  return (
    <div className={styles.pair}>
      <TextField {...bind('least')} label={t`Smallest number`} inputMode="decimal" description={t`Optional.`} />
      <TextField {...bind('most')} label={t`Greatest number`} inputMode="decimal" description={t`Optional.`} />
    </div>
  )
}
