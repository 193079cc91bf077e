/** A password: hidden until its owner asks to see it. */
import { useLingui } from '@lingui/react/macro'
import { Eye, EyeOff } from 'lucide-react'
import { useState } from 'react'
import { Group, Input, TextField as AriaTextField, ToggleButton, type TextFieldProps } from 'react-aria-components'
import { FieldHelp, FieldLabel, type FieldText } from './Field'
import { Icon } from './Icon'
import styles from './Field.module.css'

interface Props extends Omit<TextFieldProps, 'children' | 'className' | 'style' | 'type'>, FieldText {
  size?: 'm' | 'l'
}

export function PasswordField({ label, isLabelHidden, description, errorMessage, aside, size = 'm', ...rest }: Props) {
  const { t } = useLingui()
  const [isShown, setShown] = useState(false)
  return (
    <AriaTextField
      {...rest}
      type={isShown ? 'text' : 'password'}
      isInvalid={Boolean(errorMessage)}
      validationBehavior="aria"
      className={styles.field}
    >
      <FieldLabel label={label} isLabelHidden={isLabelHidden} aside={aside} />
      <Group className={styles.control} data-size={size} isInvalid={Boolean(errorMessage)}>
        <Input className={styles.input} spellCheck={false} autoCapitalize="none" />
        <ToggleButton isSelected={isShown} onChange={setShown} aria-label={t`Show password`} className={styles.reveal}>
          <Icon icon={isShown ? Eye : EyeOff} size={17} />
        </ToggleButton>
      </Group>
      <FieldHelp description={description} errorMessage={errorMessage} />
    </AriaTextField>
  )
}
