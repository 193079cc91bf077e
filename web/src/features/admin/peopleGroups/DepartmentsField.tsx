/** Departments out of the tree. */
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { CheckboxGroup, Label } from 'react-aria-components'
import { departmentPath, departments } from '~/shell/members'
import { Banner } from '~/ui/Banner'
import { Checkbox } from '~/ui/Checkbox'
import styles from '../admin.module.css'

interface Props {
  label: string
  value: string[]
  onChange: (ids: string[]) => void
  errorMessage?: string | undefined
}

export function DepartmentsField({ label, value, onChange, errorMessage }: Props) {
  const { t } = useLingui()
  // What was chosen before is seen without looking for it; what is chosen now stays where it is.
  const [first] = useState(value)
  const all = useQuery(departments()).data?.items ?? []
  const choices = all
    .filter((one) => !one.is_archived || value.includes(one.id))
    .map((one) => ({ id: one.id, label: departmentPath(all, one.id).join(' / ') }))
    .sort((a, b) => Number(first.includes(b.id)) - Number(first.includes(a.id)) || a.label.localeCompare(b.label))
  // One that is gone can only be let go of.
  const gone = all.length === 0 ? [] : value.filter((id) => all.every((one) => one.id !== id))
  if (choices.length === 0 && gone.length === 0) return null
  return (
    <CheckboxGroup value={value} onChange={onChange} isInvalid={errorMessage !== undefined}>
      <Label className={styles.legend}>{label}</Label>
      <div className={styles.departments}>
        {gone.map((id) => <Checkbox key={id} value={id}>{t`A department that is not there any more`}</Checkbox>)}
        {choices.map((one) => <Checkbox key={one.id} value={one.id}>{one.label}</Checkbox>)}
      </div>
      {errorMessage !== undefined && <Banner tone="bad" isAlert>{errorMessage}</Banner>}
    </CheckboxGroup>
  )
}
