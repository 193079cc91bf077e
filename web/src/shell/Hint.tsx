/** A short word on what can be done here, until it was read once; not before it is known that it was not. */
import { useLingui } from '@lingui/react/macro'
import { Lightbulb } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '~/ui/Button'
import { Icon } from '~/ui/Icon'
import styles from './Hint.module.css'
import type { Hint as HintId } from '~/api/types'
import { useEndHint, useHint } from './hints'

export function Hint({ id, children }: { id: HintId; children: ReactNode }) {
  const { t } = useLingui()
  const endHint = useEndHint()
  if (!useHint(id)) return null
  return (
    <aside className={styles.hint} aria-label={t`Hint`}>
      <Icon icon={Lightbulb} size={15} />
      <p className="grow">{children}</p>
      <Button size="s" variant="ghost" onPress={() => endHint(id)}>{t`Got it`}</Button>
    </aside>
  )
}
