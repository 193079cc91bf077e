/** A setting that acts at once. */
import type { ReactNode } from 'react'
import { Switch as AriaSwitch, type SwitchProps } from 'react-aria-components'
import styles from './Switch.module.css'

interface Props extends Omit<SwitchProps, 'children' | 'className' | 'style'> {
  children?: ReactNode
  description?: ReactNode
}

export function Switch({ children, description, ...rest }: Props) {
  return (
    <AriaSwitch {...rest} className={styles.switch} data-described={description !== undefined || undefined}>
      {children !== undefined && (
        <span className="grow">
          <span className={styles.label}>{children}</span>
          {description !== undefined && <span className={styles.detail}>{description}</span>}
        </span>
      )}
      <span className={styles.track} aria-hidden="true" />
    </AriaSwitch>
  )
}
