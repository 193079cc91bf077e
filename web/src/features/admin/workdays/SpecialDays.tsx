/** Holidays and made-up days of a year: seen, added, taken away. */
import { Trans, useLingui } from '@lingui/react/macro'
import { CalendarPlus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Form } from 'react-aria-components'
import type { SpecialDay, SpecialDayKind } from '~/api/types'
import { day as dayText } from '~/lib/dates'
import { Button } from '~/ui/Button'
import { Chip } from '~/ui/Chip'
import { DateField } from '~/ui/DateField'
import { IconButton } from '~/ui/IconButton'
import { Select } from '~/ui/Select'
import { EmptyState } from '~/ui/State'
import { Table } from '~/ui/Table'
import { TextField } from '~/ui/TextField'
import styles from '../admin.module.css'
import { asInstant, isWorked, range, withDays } from './days'

interface Props {
  year: number
  week: readonly boolean[]
  days: readonly SpecialDay[]
  onChange?: ((days: SpecialDay[]) => void) | undefined
}

export function SpecialDays({ year, week, days, onChange }: Props) {
  const { t, i18n } = useLingui()
  const named = (special: SpecialDay) => dayText(asInstant(special.day), i18n.locale)
  return (
    <>
      {days.length === 0 ? (
        <EmptyState title={t`No special days in ${year}`} />
      ) : (
        <Table
          label={t`Special days`}
          rows={days}
          rowKey={(row) => row.day}
          columns={[
            { id: 'day', title: t`Day`, isHead: true, cell: (row) => <time dateTime={row.day}>{named(row)}</time> },
            { id: 'kind', title: t`Kind`, cell: (row) => (row.kind === 'holiday' ? <Chip tone="info"><Trans>holiday</Trans></Chip> : <Chip tone="plain"><Trans>worked</Trans></Chip>) },
            { id: 'name', title: t({ message: 'Name', context: 'of a thing' }), cell: (row) => (row.name === '' || row.name === undefined ? '–' : <bdi>{row.name}</bdi>) },
            { id: 'more', title: t`Actions`, isTitleHidden: true, isNumber: true, cell: (row) => (onChange ? <IconButton icon={Trash2} size="s" label={t`Remove ${named(row)}`} onPress={() => onChange(days.filter((one) => one.day !== row.day))} /> : null) },
          ]}
        />
      )}
      {onChange && <Add year={year} week={week} onAdd={(first, last, kind, name) => onChange(withDays(days, range(first, last), kind, name))} />}
    </>
  )
}

function Add({ year, week, onAdd }: { year: number; week: readonly boolean[]; onAdd: (first: string, last: string, kind: SpecialDayKind, name: string) => void }) {
  const { t } = useLingui()
  const [first, setFirst] = useState('')
  const [last, setLast] = useState('')
  const [kind, setKind] = useState<SpecialDayKind>('holiday')
  const [name, setName] = useState('')
  const isOfYear = (day: string) => day.startsWith(`${year}-`)
  /** What is wrong with the last day: nothing is entered that was not asked for, and nothing of it left out. */
  const wrongLast = () => {
    if (last === '') return undefined
    if (first !== '' && last < first) return t`Not before the first day.`
    return isOfYear(last) ? undefined : t`A day of ${year}. What goes on into another year is entered there.`
  }
  const lastProblem = wrongLast()
  const wrongFirst = () => {
    if (first === '') return undefined
    if (!isOfYear(first)) return t`A day of ${year}.`
    const isNeedless = kind === 'made_up' && range(first, last).some((day) => isWorked(week, day))
    return isNeedless ? t`Only free days make up for others: the week has one of these worked anyway.` : undefined
  }
  const firstProblem = wrongFirst()
  const isRight = first !== '' && firstProblem === undefined && lastProblem === undefined
  return (
    <Form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (!isRight) return
        onAdd(first, last, kind, name.trim())
        setFirst('')
        setLast('')
        setName('')
      }}
    >
      <div className={styles.pair}>
        <DateField label={t`First day`} value={first} onChange={setFirst} errorMessage={firstProblem} />
        <DateField label={t`Last day`} description={t`Empty for a single day.`} value={last} onChange={setLast} errorMessage={lastProblem} />
        <Select label={t`Kind`} value={kind} onChange={setKind} choices={[{ id: 'holiday', label: t`Holiday` }, { id: 'made_up', label: t`Worked, to make up for a holiday` }]} />
        <TextField label={t({ message: 'Name', context: 'of a thing' })} value={name} onChange={setName} maxLength={60} />
      </div>
      <div className={styles.save}>
        <Button type="submit" icon={CalendarPlus} isDisabled={!isRight}><Trans>Add</Trans></Button>
      </div>
    </Form>
  )
}
