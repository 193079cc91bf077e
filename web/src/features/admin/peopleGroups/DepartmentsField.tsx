/** Departments out of the tree. */
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { departmentChoices, departments } from '~/shell/members'
import { Banner } from '~/ui/Banner'
import { Checkbox } from '~/ui/Checkbox'
import { DepartmentChecks } from '../DepartmentChecks'

interface Props {
  label: string
  value: string[]
  onChange: (ids: string[]) => void
  /** Only these can be chosen; all when absent. */
  among?: readonly string[] | undefined
  errorMessage?: string | undefined
}

export function DepartmentsField({ label, value, onChange, among, errorMessage }: Props) {
  const { t } = useLingui()
  const all = useQuery(departments()).data?.items ?? []
  const choices = departmentChoices(all, value).filter((one) => among === undefined || among.includes(one.id) || value.includes(one.id))
  // One that is gone can only be let go of.
  const gone = all.length === 0 ? [] : value.filter((id) => all.every((one) => one.id !== id))
  if (choices.length === 0 && gone.length === 0) return null
  return (
    <div>
      <DepartmentChecks label={label} choices={choices} value={value} onChange={onChange} isInvalid={errorMessage !== undefined}>
        {gone.map((id) => <Checkbox key={id} value={id}>{t`A department that is not there any more`}</Checkbox>)}
      </DepartmentChecks>
      {errorMessage !== undefined && <Banner tone="bad" isAlert>{errorMessage}</Banner>}
    </div>
  )
}
