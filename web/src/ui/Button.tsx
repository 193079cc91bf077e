/** A button that says what it does. While it waits it keeps its width and cannot be pressed again. */
import type { ReactNode } from 'react'
import { Button as AriaButton, Link as AriaLink, type ButtonProps as AriaButtonProps, type LinkProps } from 'react-aria-components'
import { Icon, type LucideIcon } from './Icon'
import styles from './Button.module.css'

export interface ButtonLook {
  variant?: 'primary' | 'soft' | 'default' | 'ghost' | 'danger'
  size?: 's' | 'm' | 'l' | 'touch'
  icon?: LucideIcon
  iconEnd?: LucideIcon
  isWide?: boolean
}

interface ButtonProps extends Omit<AriaButtonProps, 'children' | 'className' | 'style'>, ButtonLook {
  children: ReactNode
}

export function Button({ variant = 'default', size = 'm', icon, iconEnd, isWide, children, ...rest }: ButtonProps) {
  return (
    <AriaButton {...rest} className={styles.button} data-variant={variant} data-size={size} data-wide={isWide || undefined}>
      <span className={styles.inside}>
        {icon && <Icon icon={icon} size={size === 's' ? 15 : 17} />}
        {children}
        {iconEnd && <Icon icon={iconEnd} size={size === 's' ? 15 : 17} />}
      </span>
      {rest.isPending === true && <span className={styles.ring} aria-hidden="true" />}
    </AriaButton>
  )
}

interface ButtonLinkProps extends Omit<LinkProps, 'children' | 'className' | 'style'>, ButtonLook {
  children: ReactNode
}

/** A link that looks like a button: it goes somewhere, it does nothing. */
export function ButtonLink({ variant = 'default', size = 'm', icon, iconEnd, isWide, children, ...rest }: ButtonLinkProps) {
  return (
    <AriaLink {...rest} className={styles.button} data-variant={variant} data-size={size} data-wide={isWide || undefined}>
      <span className={styles.inside}>
        {icon && <Icon icon={icon} size={size === 's' ? 15 : 17} />}
        {children}
        {iconEnd && <Icon icon={iconEnd} size={size === 's' ? 15 : 17} />}
      </span>
    </AriaLink>
  )
}
