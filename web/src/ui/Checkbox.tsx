/** A choice that waits for save, or a statement one agrees to. */
import { Check, CircleAlert, Minus } from 'lucide-react'
import type { ReactNode } from 'react'
import { Checkbox as AriaCheckbox, type CheckboxProps } from 'react-aria-components'
import { Icon } from './Icon'
import styles from './Checkbox.module.css'

interface Props extends Omit<CheckboxProps, 'children' | 'className' | 'style'> {
  children: ReactNode
  description?: ReactNode
  errorMessage?: string | null | undefined
}

export function Checkbox({ children, description, errorMessage, ...rest }: Props) {
  return (
    <div className={styles.wrap}>
      <AriaCheckbox {...rest} isInvalid={Boolean(errorMessage)} className={styles.checkbox}>
        {({ isSelected, isIndeterminate }) => (
          <>
            <span className={styles.box} aria-hidden="true">
              {(isSelected || isIndeterminate) && (isIndeterminate ? <Minus size={12} strokeWidth={3} /> : <Check size={12} strokeWidth={3} />)}
            </span>
            <span>
              {children}
              {description !== undefined && <span className={styles.detail}>{description}</span>}
            </span>
          </>
        )}
      </AriaCheckbox>
      {errorMessage && (
        <p className={styles.error} role="alert">
          <Icon icon={CircleAlert} size={13} />
          {errorMessage}
        </p>
      )}
    </div>
  )
}
