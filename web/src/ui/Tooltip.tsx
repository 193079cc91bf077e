/** The name of a control, and its keys, on a dark slip. */
import { type ReactNode, useContext } from 'react'
import { Tooltip as AriaTooltip, TooltipTrigger, TooltipTriggerStateContext } from 'react-aria-components'
import { useMedia } from '~/lib/useMedia'
import { Kbd } from './Kbd'
import { useHasOpened } from './useHasOpened'
import styles from './Tooltip.module.css'

export { TooltipTrigger }

export function Tooltip({ children, keys }: { children: ReactNode; keys?: string }) {
  // A finger rests on nothing: what it focuses would only be covered.
  const isTouch = useMedia('(hover: none)')
  const isWanted = useHasOpened(useContext(TooltipTriggerStateContext)?.isOpen === true)
  if (isTouch || !isWanted) return null
  return (
    <AriaTooltip className={styles.tooltip} offset={6}>
      {children}
      {keys !== undefined && <Kbd tone="inverse">{keys}</Kbd>}
    </AriaTooltip>
  )
}
