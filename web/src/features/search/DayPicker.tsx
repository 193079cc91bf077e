/** When: the last days at a press, or from one day up to another. */
import { useLingui } from '@lingui/react/macro'
import { type ReactElement, useState } from 'react'
import type { Filters } from '~/shell/finding'
import { Button } from '~/ui/Button'
import { Popover } from '~/ui/Popover'
import { dayOf, daysBefore, exactDay } from './query/days'
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
  const today = dayOf(now)
  return (
    <div className={styles.days}>
      <div className={styles.presets}>
        <Button size="s" onPress={() => since(0)}>{t`Today`}</Button>
        <Button size="s" onPress={() => since(7)}>{t`Last 7 days`}</Button>
        <Button size="s" onPress={() => since(30)}>{t`Last 30 days`}</Button>
        <Button size="s" onPress={() => since(365)}>{t`Last year`}</Button>
      </div>
      <div className={styles.range}>
        <label>
          {t`Since`}
          <input type="date" className={styles.date} max={today} value={filters.after ?? ''} onChange={(event) => onPart({ after: exactDay(event.target.value) })} />
        </label>
        <label>
          {t`Before`}
          <input type="date" className={styles.date} value={filters.before ?? ''} onChange={(event) => onPart({ before: exactDay(event.target.value) })} />
        </label>
      </div>
    </div>
  )
}
