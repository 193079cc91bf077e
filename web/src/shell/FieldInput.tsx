/** Takes in the value of a field, by its kind. */
import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { Field } from '~/api/types'
import { DateField } from '~/ui/DateField'
import { Select } from '~/ui/Select'
import { TextField } from '~/ui/TextField'
import { useChoiceName, useFieldName } from './fields'
import { useMembersById } from './members'
import { PersonField } from './PersonField'
import { TextOf } from './TextOf'

interface Props {
  field: Field
  value: string
  onChange: (value: string) => void
}

const NOTHING = 'nothing'

export function FieldInput({ field, value, onChange }: Props) {
  const { t } = useLingui()
  const label = useFieldName()(field)
  const choiceName = useChoiceName()
  if (field.kind === 'person') return <PersonInput label={label} value={value} onChange={onChange} />
  if (field.kind === 'choice') {
    const choices = field.choices.map((one) => ({ id: one.id, label: choiceName(field, one.id) }))
    return <Select label={label} choices={[{ id: NOTHING, label: t`Nothing` }, ...choices]} value={value === '' ? NOTHING : value} onChange={(id) => onChange(id === NOTHING ? '' : id)} />
  }
  if (field.kind === 'date') return <DateField label={label} value={value} onChange={onChange} />
  if (field.kind === 'text') return <TextOf field={field} label={label} value={value} onChange={onChange} />
  const type = { number: 'text', phone: 'tel', link: 'url', picture: 'text' }[field.kind]
  const { least, most } = field
  const limits = typeof least === 'number' && typeof most === 'number' ? t`From ${least} to ${most}` : typeof least === 'number' ? t`At least ${least}` : typeof most === 'number' ? t`At most ${most}` : undefined
  return <TextField label={label} type={type} value={value} onChange={onChange} inputMode={field.kind === 'number' ? 'decimal' : undefined} description={limits} />
}

function PersonInput({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  const [first] = useState(value)
  const known = useMembersById([first, value].map((id) => (id === '' ? null : id)))
  // The field begins with the name: drawn anew once, when it is known.
  return <PersonField key={known.get(first)?.name ?? ''} label={label} value={known.get(value) ?? null} onChange={(member) => onChange(member?.id ?? '')} />
}
