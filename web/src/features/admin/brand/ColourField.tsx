/** A colour: picked, or written as #rrggbb. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Button } from '~/ui/Button'
import { TextField } from '~/ui/TextField'
import styles from './brand.module.css'
import { pickable } from './colour'

interface Props {
  name: string
  value: string
  onChange: (value: string) => void
  onClear: () => void
  errorMessage?: string | undefined
}

export function ColourField({ value, onChange, onClear, ...rest }: Props) {
  const { t } = useLingui()
  return (
    <div className={styles.colour}>
      <input type="color" className={styles.pick} aria-label={t`Pick the accent`} value={pickable(value)} onChange={(event) => onChange(event.target.value)} />
      <TextField {...rest} value={value} onChange={onChange} label={t`Accent`} placeholder="#266365" isMono description={t`For buttons, links and what is chosen. White words must be readable on it.`} />
      {value !== '' && <Button variant="ghost" onPress={onClear}><Trans>Tulou's own</Trans></Button>}
    </div>
  )
}
