/** The name of a control, and its keys, on a dark slip. */
import type { ReactNode } from 'react'
import { Tooltip as AriaTooltip, TooltipTrigger } from 'react-aria-components'
import { Kbd } from './Kbd'
import styles from './Tooltip.module.css'

export { TooltipTrigger }

export function Tooltip({ children, keys }: { children: ReactNode; keys?: string }) {
  return (
    <AriaTooltip className={styles.tooltip} offset={6}>
      {children}
      {keys !== undefined && <Kbd tone="inverse">{keys}</Kbd>}
    </AriaTooltip>
  )
}
