/** Things one can do with what the button belongs to: beside it, or on a phone at the bottom edge. */
import type { ReactElement, ReactNode } from 'react'
import { Header, Menu as AriaMenu, MenuItem as AriaMenuItem, MenuSection as AriaMenuSection, MenuTrigger, Popover, Separator, type MenuItemProps, type PopoverProps } from 'react-aria-components'
import { Check } from 'lucide-react'
import { BackCloses } from './BackCloses'
import { Icon, type LucideIcon } from './Icon'
import { Kbd } from './Kbd'
import { Tray } from './Tray'
import styles from './Menu.module.css'
import { useIsPhone } from '~/lib/useMedia'

interface MenuProps {
  label?: string
  trigger: ReactElement
  placement?: PopoverProps['placement']
  children: ReactNode
  header?: ReactNode
}

export function Menu({ label, trigger, placement = 'bottom end', header, children }: MenuProps) {
  const isPhone = useIsPhone()
  const menu = <AriaMenu aria-label={label} className={styles.menu}>{children}</AriaMenu>
  return (
    <MenuTrigger>
      {trigger}
      {isPhone ? (
        <Tray label={label} header={header}>{menu}</Tray>
      ) : (
        <Popover className={styles.popover} placement={placement} offset={6}>
          <BackCloses />
          {header}
          {menu}
        </Popover>
      )}
    </MenuTrigger>
  )
}

interface ItemProps extends Omit<MenuItemProps, 'children' | 'className' | 'style'> {
  children: ReactNode
  icon?: LucideIcon
  keys?: string
  detail?: ReactNode
  end?: ReactNode
  isDanger?: boolean
  isCurrent?: boolean
}

export function MenuItem({ children, icon, keys, detail, end, isDanger, isCurrent, ...rest }: ItemProps) {
  const textValue = rest.textValue ?? (typeof children === 'string' ? children : undefined)
  return (
    <AriaMenuItem {...rest} textValue={textValue} className={styles.item} data-danger={isDanger || undefined}>
      {icon && <Icon icon={icon} />}
      <span className="grow">
        {children}
        {detail !== undefined && <span className={styles.detail}>{detail}</span>}
      </span>
      {end}
      {keys !== undefined && <Kbd>{keys}</Kbd>}
      {isCurrent === true && <Icon icon={Check} size={15} />}
    </AriaMenuItem>
  )
}

export function MenuSection({ title, children }: { title: string; children: ReactNode }) {
  return (
    <AriaMenuSection>
      <Header className={styles.header}>{title}</Header>
      {children}
    </AriaMenuSection>
  )
}

export function MenuSeparator() {
  return <Separator className={styles.separator} />
}
