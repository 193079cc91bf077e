/** The name of a control, and its keys, on a dark slip. */
import type { ReactNode } from 'react'
import { Tooltip as AriaTooltip, TooltipTrigger } from 'react-aria-components'
import { useMedia } from '~/lib/useMedia'
import { Kbd } from './Kbd'
import styles from './Tooltip.module.css'

export { TooltipTrigger }

export function Tooltip({ children, keys }: { children: ReactNode; keys?: string }) {
  // A finger rests on nothing: what it focuses would only be covered.
  const isTouch = useMedia('(hover: none)')
  if (isTouch) return null
  return (
    <AriaTooltip className={styles.tooltip} offset={6}>
      {children}
      {keys !== undefined && <Kbd tone="inverse">{keys}</Kbd>}
    </AriaTooltip>
  )
}
