/** Who sees a department, and how far its people see. */
import { Trans, useLingui } from '@lingui/react/macro'
import { CheckboxGroup, Label } from 'react-aria-components'
import type { Department, DepartmentSees } from '~/api/types'
import { departmentChoices } from '~/shell/members'
import { Checkbox } from '~/ui/Checkbox'
import { Select } from '~/ui/Select'
import { useSeesNames } from './departmentLines'
import { isBelow } from './places'
import styles from './admin.module.css'

interface Sight {
  is_hidden: boolean
  sees: DepartmentSees
  also: string[]
}

interface Props {
  all: readonly Department[]
  department: Department
  value: Sight
  onChange: (sight: Sight) => void
}

const SEES: readonly DepartmentSees[] = ['inherit', 'everyone', 'own']

export function SightFields({ all, department, value: { is_hidden, sees, also }, onChange }: Props) {
  const { t } = useLingui()
  const names = useSeesNames()
  const choices = SEES.map((id) => ({ id, label: names[id] }))
  const others = departmentChoices(all).filter((one) => !isBelow(all, one.id, department.id))
  return (
    <>
      <Checkbox isSelected={is_hidden} onChange={(is) => onChange({ is_hidden: is, sees, also })} description={t`Only those who are in it, and those who look after it, see it and its people.`}>
        <Trans>Hidden</Trans>
      </Checkbox>
      <Select label={t`Its people see`} choices={choices} value={sees} onChange={(id) => onChange({ is_hidden, sees: id, also })} />
      {sees === 'own' && others.length > 0 && (
        <CheckboxGroup value={also} onChange={(ids) => onChange({ is_hidden, sees, also: ids })}>
          <Label className={styles.legend}><Trans>And the people of</Trans></Label>
          <div className={styles.departments}>
            {others.map((one) => (
              <Checkbox key={one.id} value={one.id}>{one.label}</Checkbox>
            ))}
          </div>
        </CheckboxGroup>
      )}
    </>
  )
}
