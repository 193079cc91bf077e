/** A name in up to three languages. */
import { useLingui } from '@lingui/react/macro'
import type { FieldNames } from '~/api/types'
import { LANGUAGES } from '~/shell/language'
import { TextField } from '~/ui/TextField'
import styles from '../admin.module.css'

interface Props {
  label: string
  description?: string
  value: FieldNames
  onChange: (names: FieldNames) => void
  errorMessage?: string | undefined
}

export function NamesField({ label, description, value, onChange, errorMessage }: Props) {
  const { t } = useLingui()
  return (
    <fieldset className={styles.names}>
      <legend className={styles.legend}>{label}</legend>
      {description !== undefined && <small>{description}</small>}
      {LANGUAGES.map(({ id, name: language }, place) => (
        <TextField key={id} label={t`${label} (${language})`} isLabelHidden placeholder={language} value={value[id] ?? ''} onChange={(name) => onChange({ ...value, [id]: name })} errorMessage={place === 0 ? errorMessage : undefined} />
      ))}
    </fieldset>
  )
}
