/** A size: a number and its unit. */
import { Select } from '~/ui/Select'
import { TextField } from '~/ui/TextField'
import { type Amount, type Unit, UNITS } from './policy'
import styles from './files.module.css'

interface Props {
  name: string
  label: string
  unitLabel: string
  value: Amount
  onChange: (value: Amount) => void
  errorMessage?: string | undefined
}

const CHOICES: { id: Unit; label: Unit }[] = [{ id: 'MiB', label: 'MiB' }, { id: 'GiB', label: 'GiB' }, { id: 'TiB', label: 'TiB' }]

export function AmountField({ name, label, unitLabel, value, onChange, errorMessage }: Props) {
  return (
    <div className={styles.amount}>
      <TextField name={name} label={label} inputMode="decimal" value={value.number} onChange={(number) => onChange({ ...value, number })} errorMessage={errorMessage} />
      <div className={styles.unit}>
        <Select label={unitLabel} isLabelHidden choices={CHOICES} value={value.unit in UNITS ? value.unit : 'GiB'} onChange={(unit) => onChange({ ...value, unit })} />
      </div>
    </div>
  )
}
