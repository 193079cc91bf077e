/** How departments are written in a list of people, or paths in a list of departments. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { ImportMapping } from '~/api/types'
import { Button } from '~/ui/Button'
import { Form } from '~/ui/Form'
import { Select } from '~/ui/Select'
import { TextField } from '~/ui/TextField'
import styles from './imports.module.css'

interface Props {
  mapping: ImportMapping
  isPending: boolean
  onChange: (mapping: ImportMapping) => void
}

export function PathFields({ mapping, isPending, onChange }: Props) {
  const { t } = useLingui()
  const [own, setOwn] = useState(mapping)
  const forms = [
    { id: 'paths' as const, label: t`Paths, such as Research/Backend` },
    { id: 'ids' as const, label: t`Numbers of the list of departments` },
  ]
  return (
    <Form
      className={styles.paths}
      onSubmit={(event) => {
        event.preventDefault()
        onChange({ ...own, root: own.root === '' ? null : own.root })
      }}
    >
      {mapping.kind === 'people' && <Select label={t`Departments are written as`} choices={forms} value={own.department_form} onChange={(department_form) => setOwn({ ...own, department_form })} />}
      <TextField label={t`Between levels`} value={own.level_separator} onChange={(level_separator) => setOwn({ ...own, level_separator })} />
      {mapping.kind === 'people' && <TextField label={t`Between departments`} value={own.list_separator} onChange={(list_separator) => setOwn({ ...own, list_separator })} />}
      <TextField label={t`First level that is the organisation itself`} value={own.root ?? ''} onChange={(root) => setOwn({ ...own, root })} />
      <Button type="submit" isPending={isPending}><Trans>Try again</Trans></Button>
    </Form>
  )
}
