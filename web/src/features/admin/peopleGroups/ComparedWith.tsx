/** What a field is compared with, by its kind. */
import { useLingui } from '@lingui/react/macro'
import { CheckboxGroup, Label } from 'react-aria-components'
import type { Field, PeopleGroupTest } from '~/api/types'
import { FieldInput } from '~/shell/FieldInput'
import { useChoiceName, useFieldName } from '~/shell/fields'
import { Checkbox } from '~/ui/Checkbox'
import { TextArea } from '~/ui/TextArea'
import { TextField } from '~/ui/TextField'
import styles from '../admin.module.css'
import { PeopleField } from './PeopleField'

interface Props {
  field: Field
  test: PeopleGroupTest
  value: string[]
  onChange: (values: string[]) => void
}

export function ComparedWith({ field, test, value, onChange }: Props) {
  const { t } = useLingui()
  const name = useFieldName()(field)
  const choiceName = useChoiceName()
  const [first = ''] = value
  const one = (text: string) => onChange(text === '' ? [] : [text])
  if (test === 'one_of' && field.kind === 'choice') {
    return (
      <CheckboxGroup value={value} onChange={onChange}>
        <Label className={styles.legend}>{name}</Label>
        <div className={styles.departments}>
          {field.choices.map((choice) => <Checkbox key={choice.id} value={choice.id}>{choiceName(field, choice.id)}</Checkbox>)}
        </div>
      </CheckboxGroup>
    )
  }
  if (test === 'one_of' && field.kind === 'person') return <PeopleField label={name} value={value} onChange={onChange} />
  if (test === 'one_of') return <TextArea label={name} description={t`One in each line.`} value={value.join('\n')} onChange={(text) => onChange(text.split('\n'))} />
  if (test === 'contains') return <TextField label={name} value={first} onChange={one} maxLength={100} />
  // What a value may be says nothing of what it may be compared with.
  return <FieldInput field={{ ...field, least: null, most: null }} value={first} onChange={one} />
}
