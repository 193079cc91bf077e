/** A small raised surface next to what opened it. */
import type { ReactElement, ReactNode } from 'react'
import { Dialog, DialogTrigger, Popover as AriaPopover, type PopoverProps } from 'react-aria-components'
import { BackCloses } from './BackCloses'
import styles from './Popover.module.css'

interface Props {
  label: string
  trigger: ReactElement
  placement?: PopoverProps['placement']
  children: ReactNode | ((close: () => void) => ReactNode)
}

export function Popover({ label, trigger, placement = 'bottom', children }: Props) {
  return (
    <DialogTrigger>
      {trigger}
      <AriaPopover className={styles.popover} placement={placement} offset={6}>
        <BackCloses />
        <Dialog aria-label={label} className={styles.dialog}>
          {({ close }) => (typeof children === 'function' ? children(close) : children)}
        </Dialog>
      </AriaPopover>
    </DialogTrigger>
  )
}
