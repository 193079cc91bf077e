/** A text of a field: what its list offers, or nothing else than that. */
import { useLingui } from '@lingui/react/macro'
import type { Field } from '~/api/types'
import { Select } from '~/ui/Select'
import { TextField } from '~/ui/TextField'

interface Props {
  field: Field
  label: string
  value: string
  onChange: (value: string) => void
  errorMessage?: string | undefined
}

const NOTHING = 'nothing'

export function TextOf({ field, label, value, onChange, errorMessage }: Props) {
  const { t } = useLingui()
  const { listed, only_listed } = field
  if (!only_listed) return <TextField label={label} value={value} onChange={onChange} errorMessage={errorMessage} offered={listed} maxLength={field.longest ?? undefined} />
  // What stands there may be from before the list.
  const all = value === '' || listed.includes(value) ? listed : [value, ...listed]
  const choices = [{ id: NOTHING, label: t`Nothing` }, ...all.map((one) => ({ id: `=${one}`, label: one }))]
  return <Select label={label} errorMessage={errorMessage} choices={choices} value={value === '' ? NOTHING : `=${value}`} onChange={(id) => onChange(id === NOTHING ? '' : id.slice(1))} />
}
