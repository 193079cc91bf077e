/** Whether people who are not in the list leave: nobody does unless somebody says so. */
import { useLingui } from '@lingui/react/macro'
import type { ImportMapping } from '~/api/types'
import { Switch } from '~/ui/Switch'
import styles from './imports.module.css'

interface Props {
  mapping: ImportMapping
  isPending: boolean
  onChange: (mapping: ImportMapping) => void
}

export function OthersLeave({ mapping, isPending, onChange }: Props) {
  const { t } = useLingui()
  return (
    <div className={styles.others}>
      <Switch
        isSelected={mapping.others_leave === true}
        isDisabled={isPending}
        onChange={(others_leave) => onChange({ ...mapping, others_leave })}
        description={t`You, owners, and people you may not remove stay. Those who leave are listed above by name before anything is written.`}
      >
        {t`People who are not in this list leave`}
      </Switch>
    </div>
  )
}
