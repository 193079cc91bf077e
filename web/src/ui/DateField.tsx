/** A day, typed in the parts and the order of the reader's language. */
import { parseDate, type CalendarDate } from '@internationalized/date'
import { DateField as AriaDateField, DateInput, DateSegment, Group } from 'react-aria-components'
import { FieldHelp, FieldLabel, type FieldText } from './Field'
import field from './Field.module.css'
import styles from './DateField.module.css'

interface Props extends FieldText {
  name?: string
  /** `2026-11-29`, or nothing. */
  value: string
  onChange: (value: string) => void
  min?: string | undefined
  max?: string | undefined
}

const dayOf = (text: string | undefined): CalendarDate | null => (text === undefined || text === '' ? null : parseDate(text))

export function DateField({ label, isLabelHidden, description, errorMessage, aside, name, value, onChange, min, max }: Props) {
  return (
    <AriaDateField
      name={name}
      value={dayOf(value)}
      onChange={(day) => onChange(day?.toString() ?? '')}
      minValue={dayOf(min)}
      maxValue={dayOf(max)}
      isInvalid={Boolean(errorMessage)}
      validationBehavior="aria"
      shouldForceLeadingZeros
      className={field.field}
    >
      <FieldLabel label={label} isLabelHidden={isLabelHidden} aside={aside} />
      <Group className={field.control} isInvalid={Boolean(errorMessage)}>
        <DateInput className={styles.parts}>{(segment) => <DateSegment segment={segment} className={styles.part} />}</DateInput>
      </Group>
      <FieldHelp description={description} errorMessage={errorMessage} />
    </AriaDateField>
  )
}
