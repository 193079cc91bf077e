/** A day, typed in the parts and the order of the reader's language. */
import { parseDate, type CalendarDate } from '@internationalized/date'
import { DateField as AriaDateField, DateInput, DateSegment, I18nProvider, useLocale } from 'react-aria-components'
import { isDay, usual } from '~/lib/dates'
import { useStateFor } from '~/lib/useStateFor'
import { FieldHelp, FieldLabel, type FieldText } from './Field'
import field from './Field.module.css'
import styles from './DateField.module.css'

interface Props extends FieldText {
  name?: string
  /** `2026-11-29`, or nothing. */
  value: string
  /** Told of whole days only: a year of fewer than four figures is still being typed. */
  onChange: (value: string) => void
}

const dayOf = (text: string): CalendarDate | null => (isDay(text) ? parseDate(text) : null)
const FIRST_WHOLE_YEAR = 1000

export function DateField({ label, isLabelHidden, description, errorMessage, aside, name, value, onChange }: Props) {
  const { locale } = useLocale()
  const [typed, setTyped] = useStateFor(value, () => value)
  const take = (day: CalendarDate | null) => {
    const text = day?.toString() ?? ''
    setTyped(text)
    if (day === null || day.year >= FIRST_WHOLE_YEAR) onChange(text)
  }
  return (
    <I18nProvider locale={usual(locale)}>
      <AriaDateField
        name={name}
        value={dayOf(typed)}
        onChange={take}
        isInvalid={Boolean(errorMessage)}
        validationBehavior="aria"
        shouldForceLeadingZeros
        className={field.field}
      >
        <FieldLabel label={label} isLabelHidden={isLabelHidden} aside={aside} />
        <DateInput className={`${field.control} ${styles.parts}`}>{(segment) => <DateSegment segment={segment} className={styles.part} />}</DateInput>
        <FieldHelp description={description} errorMessage={errorMessage} />
      </AriaDateField>
    </I18nProvider>
  )
}
