/** Departments with boxes: what was chosen stands first, the rest of many is found by typing. */
import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { useState, type ReactNode } from 'react'
import { CheckboxGroup, Label } from 'react-aria-components'
import { Checkbox } from '~/ui/Checkbox'
import { SearchField } from '~/ui/SearchField'
import styles from './admin.module.css'

/** More than these are searched. */
const FEW = 12
/** More than these are not drawn at once. */
const MOST = 60

interface Props {
  label: string
  choices: readonly { id: string; label: string }[]
  value: string[]
  onChange: (ids: string[]) => void
  isInvalid?: boolean
  /** Above the choices. */
  children?: ReactNode
}

export function DepartmentChecks({ label, choices, value, onChange, isInvalid = false, children }: Props) {
  const { t } = useLingui()
  const [text, setText] = useState('')
  // What was chosen before is seen without looking for it; what is chosen now stays where it is.
  const [first] = useState(value)
  const wanted = text.trim().toLocaleLowerCase()
  const called = choices.filter((one) => one.label.toLocaleLowerCase().includes(wanted))
  const found = [...called.filter((one) => first.includes(one.id)), ...called.filter((one) => !first.includes(one.id))]
  const hiddenPlaces = Math.max(0, found.length - MOST)
  return (
    <CheckboxGroup value={value} onChange={onChange} isInvalid={isInvalid}>
      <Label className={styles.legend}>{label}</Label>
      <div className={styles.find}>{choices.length > FEW && <SearchField label={t`Find a department`} value={text} onChange={setText} />}</div>
      <div className={styles.departments}>
        {children}
        {found.slice(0, MOST).map((one) => <Checkbox key={one.id} value={one.id}>{one.label}</Checkbox>)}
        {found.length === 0 && <p className={styles.count}>{t`No department is called so.`}</p>}
        {hiddenPlaces > 0 && <p className={styles.count}>{plural(hiddenPlaces, { one: '# more department: type to find it', other: '# more departments: type to find them' })}</p>}
      </div>
    </CheckboxGroup>
  )
}
