/** What can be chosen in a field, each in up to three languages. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Plus, X } from 'lucide-react'
import { Button } from '~/ui/Button'
import { IconButton } from '~/ui/IconButton'
import { Banner } from '~/ui/Banner'
import styles from '../admin.module.css'
import type { ChoiceValue } from './form'
import { NamesField } from './NamesField'

interface Props {
  value: ChoiceValue[]
  onChange: (choices: ChoiceValue[]) => void
  errorMessage?: string | undefined
}

export function ChoicesField({ value, onChange, errorMessage }: Props) {
  const { t } = useLingui()
  return (
    <div className={styles.form}>
      {errorMessage !== undefined && <Banner tone="bad" isAlert>{errorMessage}</Banner>}
      {value.map((choice, place) => {
        const number = place + 1
        return (
        <div key={place} className={styles.link}>
          <div className="grow">
            <NamesField label={t`Choice ${number}`} value={choice.names} onChange={(names) => onChange(value.map((one, at) => (at === place ? { ...one, names } : one)))} />
          </div>
          <IconButton icon={X} size="s" label={t`Take choice ${number} away`} onPress={() => onChange(value.filter((_, at) => at !== place))} />
        </div>
        )
      })}
      <Button icon={Plus} onPress={() => onChange([...value, { id: '', names: {} }])}><Trans>Add a choice</Trans></Button>
    </div>
  )
}
