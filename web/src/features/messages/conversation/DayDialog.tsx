/** Jumps to the first message of a day. */
import { Trans, useLingui } from '@lingui/react/macro'
import { type FormEvent, useId, useState } from 'react'
import { Button } from '~/ui/Button'
import { DateField } from '~/ui/DateField'
import { Dialog } from '~/ui/Dialog'
import { dayOf } from '../times'
import styles from './DayDialog.module.css'

interface Props {
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
  /** Nothing is older than the conversation. */
  since: string
  onChoose: (at: string) => void
}

export function DayDialog({ isOpen, onOpenChange, since, onChoose }: Props) {
  const { t } = useLingui()
  const form = useId()
  const [today] = useState(() => dayOf(Date.now()))
  const [day, setDay] = useState(today)
  const isRight = day >= dayOf(since) && day <= today
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!isRight) return
    onOpenChange(false)
    onChoose(new Date(`${day}T00:00:00`).toISOString())
  }
  return (
    <Dialog
      title={t`Jump to a date`}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      footer={
        <>
          <Button onPress={() => onOpenChange(false)}>{t`Cancel`}</Button>
          <Button type="submit" form={form} variant="primary" isDisabled={!isRight}>{t`Jump`}</Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className={styles.form}>
        <DateField label={t`Day`} value={day} onChange={setDay} errorMessage={isRight ? undefined : t`A day since the conversation began, today at the latest.`} />
        <p className={styles.help}><Trans>Shows the first message of that day, or the next one after it.</Trans></p>
      </form>
    </Dialog>
  )
}
