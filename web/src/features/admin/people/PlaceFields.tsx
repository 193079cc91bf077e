/** Which departments somebody is in, which of them is the main one, and which they lead. */
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { CheckboxGroup, Label } from 'react-aria-components'
import type { Department, Member } from '~/api/types'
import { DepartmentsField } from '~/shell/DepartmentsField'
import { departmentPath, departments } from '~/shell/members'
import { Checkbox } from '~/ui/Checkbox'
import { Select } from '~/ui/Select'
import styles from '../admin.module.css'

interface Props {
  member: Member | undefined
  /** The main one stands first. */
  value: readonly string[]
  onChange: (ids: string[]) => void
  leads: string[]
  onLeads: (ids: string[]) => void
  errorMessage: string | undefined
}

const addsPeople = (one: Department) => one.can.add_people

export function PlaceFields({ member, value, onChange, leads, onLeads, errorMessage }: Props) {
  const { t } = useLingui()
  const all = useQuery(departments()).data?.items ?? []
  const inside = value.map((id) => ({ id, label: departmentPath(all, id).join(' / ') || '…' }))
  const [main] = value
  return (
    <>
      <DepartmentsField label={t`Departments`} value={value} onChange={onChange} fits={member ? undefined : addsPeople} errorMessage={errorMessage} />
      {inside.length > 1 && main !== undefined && (
        <Select label={t`Main department`} choices={inside} value={main} onChange={(id) => onChange([id, ...value.filter((one) => one !== id)])} />
      )}
      {member && inside.length > 0 && (
        <CheckboxGroup value={leads} onChange={onLeads}>
          <Label className={styles.legend}>{t`Leads`}</Label>
          <div className={styles.departments}>
            {inside.map((one) => <Checkbox key={one.id} value={one.id}>{one.label}</Checkbox>)}
          </div>
        </CheckboxGroup>
      )}
    </>
  )
}
