/** The conditions of a rule: how many have to hold, and each of them. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Plus } from 'lucide-react'
import type { PeopleGroupNeeds } from '~/api/types'
import { useFields } from '~/shell/fields'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Select } from '~/ui/Select'
import styles from '../admin.module.css'
import { ConditionRow } from './ConditionRow'
import { conditionOf, type ConditionValue } from './form'
import { isUsable } from './words'

/** As many as the server takes. */
const MOST = 20

interface Props {
  value: ConditionValue[]
  needs: PeopleGroupNeeds
  onNeeds: (needs: PeopleGroupNeeds) => void
  onChange: (conditions: ConditionValue[]) => void
  errorMessage?: string | undefined
}

export function ConditionsField({ value, needs, onNeeds, onChange, errorMessage }: Props) {
  const { t } = useLingui()
  const all = useFields()
  const [first] = all.filter(isUsable)
  return (
    <div className={styles.form} role="group" aria-label={t`Conditions`}>
      {errorMessage !== undefined && <Banner tone="bad" isAlert>{errorMessage}</Banner>}
      {value.length > 1 && (
        <Select<PeopleGroupNeeds>
          label={t`Somebody is in it who fulfils`}
          choices={[{ id: 'all', label: t`all conditions` }, { id: 'any', label: t`one of the conditions` }]}
          value={needs}
          onChange={onNeeds}
        />
      )}
      {value.map((condition, place) => (
        <ConditionRow
          key={place}
          number={place + 1}
          fields={all}
          value={condition}
          onChange={(changed) => onChange(value.map((one, at) => (at === place ? changed : one)))}
          onRemove={() => onChange(value.filter((_, at) => at !== place))}
        />
      ))}
      <div>
        <Button icon={Plus} isDisabled={!first || value.length >= MOST} onPress={() => first && onChange([...value, conditionOf(first)])}><Trans>Add a condition</Trans></Button>
      </div>
    </div>
  )
}
