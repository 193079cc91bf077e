/** What every field shares: label above, help below, and the error in its place with an icon. */
import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { FieldError, Label, Text } from 'react-aria-components'
import { Icon } from './Icon'
import styles from './Field.module.css'

export interface FieldText {
  label: string
  /** Keeps the label for screen readers only, where the place already says it. */
  isLabelHidden?: boolean
  description?: ReactNode
  errorMessage?: string | null | undefined
  aside?: ReactNode
}

export function FieldLabel({ label, isLabelHidden, aside }: FieldText) {
  if (isLabelHidden === true) return <Label className="hidden-visually">{label}</Label>
  return (
    <span className={styles.head}>
      <Label className={styles.label}>{label}</Label>
      {aside}
    </span>
  )
}

export function FieldHelp({ description, errorMessage }: Pick<FieldText, 'description' | 'errorMessage'>) {
  return (
    <>
      <FieldError className={styles.error}>
        {({ validationErrors }) => (
          <>
            <Icon icon={CircleAlert} size={13} />
            <span>{errorMessage ?? validationErrors.join(' ')}</span>
          </>
        )}
      </FieldError>
      {description !== undefined && !errorMessage && <Text slot="description" className={styles.help}>{description}</Text>}
    </>
  )
}
