/** One line of text. */
import { useId } from 'react'
import { Group, Input, TextField as AriaTextField, type TextFieldProps } from 'react-aria-components'
import { FieldHelp, FieldLabel, type FieldText } from './Field'
import { Icon, type LucideIcon } from './Icon'
import styles from './Field.module.css'

interface Props extends Omit<TextFieldProps, 'children' | 'className' | 'style'>, FieldText {
  size?: 'm' | 'l'
  icon?: LucideIcon
  placeholder?: string
  isMono?: boolean
  /** What may be meant; anything else can be typed all the same. */
  offered?: readonly string[]
}

export function TextField({ label, isLabelHidden, description, errorMessage, aside, size = 'm', icon, placeholder, isMono, offered = [], ...rest }: Props) {
  const listId = useId()
  return (
    <AriaTextField {...rest} isInvalid={rest.isInvalid ?? Boolean(errorMessage)} validationBehavior="aria" className={styles.field}>
      <FieldLabel label={label} isLabelHidden={isLabelHidden} aside={aside} />
      <Group className={styles.control} data-size={size} isInvalid={Boolean(errorMessage)}>
        {icon && <Icon icon={icon} size={15} />}
        <Input className={`${styles.input} ${isMono === true ? 'num' : ''}`} placeholder={placeholder} list={offered.length > 0 ? listId : undefined} />
        {offered.length > 0 && (
          <datalist id={listId}>
            {offered.map((one) => (
              <option key={one} value={one}>{one}</option>
            ))}
          </datalist>
        )}
      </Group>
      <FieldHelp description={description} errorMessage={errorMessage} />
    </AriaTextField>
  )
}
