/** Several numbers or addresses, each with what it is for. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Plus, X } from 'lucide-react'
import { useId } from 'react'
import type { ContactLabel } from '~/api/types'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { IconButton } from '~/ui/IconButton'
import { Select } from '~/ui/Select'
import { TextField } from '~/ui/TextField'
import { useLabelNames } from './words'
import styles from './contacts.module.css'

export interface Line {
  label: ContactLabel
  value: string
}

const MOST = 10
const LABELS = { phone: ['mobile', 'work', 'home', 'fax', 'other'], email: ['work', 'home', 'other'] } as const

interface Props {
  kind: 'phone' | 'email'
  lines: Line[]
  onChange: (lines: Line[]) => void
  errorMessage: string | undefined
}

export function Lines({ kind, lines, onChange, errorMessage }: Props) {
  const { t } = useLingui()
  const legend = useId()
  const names = useLabelNames()
  const put = (at: number, change: Partial<Line>) => onChange(lines.map((line, place) => (place === at ? { ...line, ...change } : line)))
  const isPhone = kind === 'phone'
  return (
    <div className={styles.several} role="group" aria-labelledby={legend}>
      <span id={legend} className={styles.legend}>{isPhone ? <Trans>Numbers</Trans> : <Trans>E-mail addresses</Trans>}</span>
      {lines.map((line, at) => (
        <div key={at} className={styles.line}>
          <Select label={t`Used for`} isLabelHidden value={line.label} onChange={(label) => put(at, { label })} choices={LABELS[kind].map((id) => ({ id, label: names[id] }))} />
          <TextField
            label={isPhone ? t`Number ${at + 1}` : t`Address ${at + 1}`}
            isLabelHidden
            type={isPhone ? 'tel' : 'email'}
            value={line.value}
            onChange={(value) => put(at, { value })}
          />
          <IconButton icon={X} label={isPhone ? t`Remove number ${at + 1}` : t`Remove address ${at + 1}`} onPress={() => onChange(lines.filter((_, place) => place !== at))} />
        </div>
      ))}
      {errorMessage !== undefined && <Banner tone="bad" isAlert>{errorMessage}</Banner>}
      {lines.length < MOST && (
        <div>
          <Button size="s" variant="ghost" icon={Plus} onPress={() => onChange([...lines, { label: isPhone ? 'mobile' : 'work', value: '' }])}>
            {isPhone ? <Trans>Another number</Trans> : <Trans>Another address</Trans>}
          </Button>
        </div>
      )}
    </div>
  )
}
