/** Several lines of text. */
import { Group, TextArea as AriaTextArea, TextField as AriaTextField, type TextFieldProps } from 'react-aria-components'
import { FieldHelp, FieldLabel, type FieldText } from './Field'
import styles from './Field.module.css'

interface Props extends Omit<TextFieldProps, 'children' | 'className' | 'style'>, FieldText {
  rows?: number
  placeholder?: string
}

export function TextArea({ label, isLabelHidden, description, errorMessage, aside, rows = 3, placeholder, ...rest }: Props) {
  return (
    <AriaTextField {...rest} isInvalid={Boolean(errorMessage)} validationBehavior="aria" className={styles.field}>
      <FieldLabel label={label} isLabelHidden={isLabelHidden} aside={aside} />
      <Group className={`${styles.control} ${styles.area}`} isInvalid={Boolean(errorMessage)}>
        <AriaTextArea className={styles.input} rows={rows} placeholder={placeholder} />
      </Group>
      <FieldHelp description={description} errorMessage={errorMessage} />
    </AriaTextField>
  )
}
