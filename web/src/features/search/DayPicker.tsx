/** When: the last days at a press, or from one day up to another. */
import { useLingui } from '@lingui/react/macro'
import { type ReactElement, useState } from 'react'
import type { Filters } from '~/shell/finding'
import { Button } from '~/ui/Button'
import { DateField } from '~/ui/DateField'
import { Popover } from '~/ui/Popover'
import { daysBefore, exactDay } from './query/days'
import styles from './FilterPills.module.css'

interface Props {
  filters: Filters
  onChange: (filters: Pick<Filters, 'after' | 'before'>) => void
  trigger: ReactElement
}

export function DayPicker({ filters, onChange, trigger }: Props) {
  const { t } = useLingui()
  return (
    <Popover label={t`Time`} trigger={trigger} placement="bottom end">
      {(close) => <Days filters={filters} onChange={(chosen) => { onChange(chosen); close() }} onPart={onChange} />}
    </Popover>
  )
}

function Days({ filters, onChange, onPart }: Omit<Props, 'trigger'> & { onPart: Props['onChange'] }) {
  const { t } = useLingui()
  const [now] = useState(() => new Date())
  const since = (days: number) => onChange({ after: daysBefore(now, days), before: undefined })
  return (
    <div className={styles.days}>
      <div className={styles.presets}>
        <Button size="s" onPress={() => since(0)}>{t`Today`}</Button>
        <Button size="s" onPress={() => since(7)}>{t`Last 7 days`}</Button>
        <Button size="s" onPress={() => since(30)}>{t`Last 30 days`}</Button>
        <Button size="s" onPress={() => since(365)}>{t`Last year`}</Button>
      </div>
      <div className={styles.range}>
        <DateField label={t({ message: 'Since', context: 'before a day' })} value={filters.after ?? ''} onChange={(day) => onPart({ after: exactDay(day) })} />
        <DateField label={t`Before`} value={filters.before ?? ''} onChange={(day) => onPart({ before: exactDay(day) })} />
      </div>
    </div>
  )
}
