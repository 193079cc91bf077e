/** Stands in what lies over the page: as long as that is open, Back closes it, as Escape does, and does not leave the page. */
import { useContext, useEffect, useEffectEvent } from 'react'
import { OverlayTriggerStateContext } from 'react-aria-components'
import { openLayer } from '~/lib/layers'

interface Props {
  /** How it closes, where nothing around it knows: it is open then as long as this stands there. */
  onBack?: () => void
}

export function BackCloses({ onBack }: Props) {
  const overlay = useContext(OverlayTriggerStateContext)
  // What is on its way out is closed already.
  const isOpen = onBack !== undefined || overlay?.isOpen === true
  const close = useEffectEvent(() => (onBack ? onBack() : overlay?.close()))
  useEffect(() => (isOpen ? openLayer(() => close()) : undefined), [isOpen])
  return null
}
