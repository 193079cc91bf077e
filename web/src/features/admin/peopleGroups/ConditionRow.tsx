/** One condition: a field, how it is compared, and with what. */
import { Trans, useLingui } from '@lingui/react/macro'
import { X } from 'lucide-react'
import type { Field } from '~/api/types'
import { useFieldName } from '~/shell/fields'
import { Banner } from '~/ui/Banner'
import { IconButton } from '~/ui/IconButton'
import { Select } from '~/ui/Select'
import styles from '../admin.module.css'
import { ComparedWith } from './ComparedWith'
import { conditionOf, type ConditionValue, withTest } from './form'
import { isUsable, takesValue, TESTS, useTestNames } from './words'

interface Props {
  number: number
  fields: readonly Field[]
  value: ConditionValue
  onChange: (condition: ConditionValue) => void
  onRemove: () => void
}

export function ConditionRow({ number, fields, value, onChange, onRemove }: Props) {
  const { t } = useLingui()
  const nameOf = useFieldName()
  const tests = useTestNames()
  const field = fields.find((one) => one.id === value.field_id)
  const choices = fields.filter((one) => isUsable(one) || one.id === value.field_id).map((one) => ({ id: one.id, label: nameOf(one) }))
  const change = (id: string) => {
    const chosen = fields.find((one) => one.id === id)
    if (chosen && chosen.id !== value.field_id) onChange(conditionOf(chosen))
  }
  return (
    <div className={styles.condition} role="group" aria-label={t`Condition ${number}`}>
      <div className={styles.link}>
        <div className={`grow ${styles.pair}`}>
          <Select label={t({ message: 'Field', context: 'of people' })} choices={choices} value={field ? value.field_id : null} onChange={change} />
          {field && <Select label={t`Comparison`} choices={TESTS[field.kind].map((id) => ({ id, label: tests[id] }))} value={value.test} onChange={(test) => onChange(withTest(value, test))} />}
        </div>
        <IconButton icon={X} size="s" label={t`Take condition ${number} away`} onPress={onRemove} />
      </div>
      {field && takesValue(value.test) && <ComparedWith field={field} test={value.test} value={value.values} onChange={(values) => onChange({ ...value, values })} />}
      {!field && fields.length > 0 && <Banner tone="warn"><Trans>This field is not there any more. Take the condition away.</Trans></Banner>}
      {field && !isUsable(field) && <Banner tone="warn"><Trans>Rules cannot ask this field at the moment: it is switched off, masked, or not shown to administrators.</Trans></Banner>}
    </div>
  )
}
