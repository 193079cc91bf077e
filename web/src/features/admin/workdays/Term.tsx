/** When a number of working days is over. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { day } from '~/lib/dates'
import { DateField } from '~/ui/DateField'
import { TextField } from '~/ui/TextField'
import styles from '../admin.module.css'
import { term } from '../queries'
import { asInstant } from './days'

export function Term({ zone }: { zone: string }) {
  const { t, i18n } = useLingui()
  const [from, setFrom] = useState('')
  const [typed, setTyped] = useState('15')
  const count = Number(typed)
  const isRight = from !== '' && typed.trim() !== '' && Number.isInteger(count) && count >= 0 && count <= 1000
  // The day is meant as it is written: noon there, counted there.
  const found = useQuery({ ...term({ from: `${from}T12:00:00Z`, days: count, zone: 'UTC' }), enabled: isRight })
  const last = found.data ? day(asInstant(found.data.day), i18n.locale) : null
  return (
    <div className={styles.form}>
      <div className={styles.pair}>
        <DateField label={t`From`} description={t`This day is not counted.`} value={from} onChange={setFrom} />
        <TextField label={t`Working days`} inputMode="numeric" value={typed} onChange={setTyped} errorMessage={isRight || from === '' ? undefined : t`A number from 0 to 1,000.`} />
      </div>
      <p aria-live="polite">{isRight && last !== null && <Trans>The last day is <b>{last}</b>, as it is in {zone}.</Trans>}</p>
    </div>
  )
}
