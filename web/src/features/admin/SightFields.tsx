/** Who sees a department, and how far its people see. */
import { Trans, useLingui } from '@lingui/react/macro'
import type { Department, DepartmentSees } from '~/api/types'
import { DepartmentsField } from '~/shell/DepartmentsField'
import { isDepartmentBelow } from '~/shell/members'
import { Checkbox } from '~/ui/Checkbox'
import { Select } from '~/ui/Select'
import { useSeesNames } from './departmentLines'

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
  const isOther = (one: Department) => !isDepartmentBelow(all, one.id, department.id)
  return (
    <>
      <Checkbox isSelected={is_hidden} onChange={(is) => onChange({ is_hidden: is, sees, also })} description={t`Only those who are in it, and those who look after it, see it and its people.`}>
        <Trans>Hidden</Trans>
      </Checkbox>
      <Select label={t`Its people see`} choices={choices} value={sees} onChange={(id) => onChange({ is_hidden, sees: id, also })} />
      {sees === 'own' && <DepartmentsField label={t`And the people of`} value={also} fits={isOther} onChange={(ids) => onChange({ is_hidden, sees, also: ids })} />}
    </>
  )
}
