/** The menu of the thing under the pointer: right button, menu key, or a long press. On a phone it rises from the bottom edge. */
import { type KeyboardEvent, type MouseEvent, type ReactNode, type TouchEvent, useMemo, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { Menu as AriaMenu, Popover } from 'react-aria-components'
import { BackCloses } from './BackCloses'
import styles from './Menu.module.css'
import own from './ContextMenu.module.css'
import { Tray } from './Tray'
import { useIsPhone } from '~/lib/useMedia'

export interface Place {
  x: number
  y: number
}

const LONG_PRESS_MS = 450
const STILL_PX = 10

/** What to spread on the thing, and where its menu is open. By keys it opens at the part that is seen as the thing, if not all of it is. */
export function useContextMenu(partOf?: (thing: Element) => Element | null) {
  const [place, setPlace] = useState<Place | null>(null)
  const press = useRef<{ timer: ReturnType<typeof setTimeout>; x: number; y: number } | null>(null)
  const open = (at: Place) => setPlace(at)
  const release = () => {
    clearTimeout(press.current?.timer)
    press.current = null
  }
  const handlers = {
    onContextMenu: (event: MouseEvent) => {
      event.preventDefault()
      release()
      open({ x: event.clientX, y: event.clientY })
    },
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== 'ContextMenu' && !(event.key === 'F10' && event.shiftKey)) return
      event.preventDefault()
      const box = (partOf?.(event.currentTarget) ?? event.currentTarget).getBoundingClientRect()
      open({ x: box.left + 24, y: box.top + Math.min(box.height, 40) })
    },
    onTouchStart: (event: TouchEvent) => {
      const touch = event.touches[0]
      if (!touch || event.touches.length > 1) return release()
      const at = { x: touch.clientX, y: touch.clientY }
      press.current = { ...at, timer: setTimeout(() => open(at), LONG_PRESS_MS) }
    },
    onTouchMove: (event: TouchEvent) => {
      const touch = event.touches[0]
      const from = press.current
      if (from && touch && Math.hypot(touch.clientX - from.x, touch.clientY - from.y) > STILL_PX) release()
    },
    onTouchEnd: release,
    onTouchCancel: release,
  }
  return { place, open, close: () => setPlace(null), handlers }
}

interface Props {
  label: string
  place: Place | null
  onClose: () => void
  /** Shown above the choices on a phone, so that it is clear what they are about. */
  header?: ReactNode
  children: ReactNode
}

export function ContextMenu({ label, place, onClose, header, children }: Props) {
  const isPhone = useIsPhone()
  if (place === null) return null
  const menu = (
    <AriaMenu aria-label={label} className={styles.menu} autoFocus="first" onClose={onClose} onAction={onClose}>
      {children}
    </AriaMenu>
  )
  if (!isPhone) return <AtPointer label={label} place={place} onClose={onClose}>{menu}</AtPointer>
  return <Tray isOpen onOpenChange={onClose} label={label} header={header}>{menu}</Tray>
}

/** Anchored in the body: rows of a moving list would carry a fixed anchor with them. */
function AtPointer({ label, place, onClose, children }: Required<Pick<Props, 'label' | 'onClose' | 'children'>> & { place: Place }) {
  const [element, setElement] = useState<HTMLSpanElement | null>(null)
  const anchor = useMemo(() => ({ current: element }), [element])
  return (
    <>
      {createPortal(<span ref={setElement} className={own.anchor} style={{ insetBlockStart: place.y, insetInlineStart: place.x }} aria-hidden="true" />, document.body)}
      {element !== null && (
        <Popover triggerRef={anchor} isOpen onOpenChange={onClose} placement="bottom start" offset={2} className={styles.popover} aria-label={label}>
          <BackCloses onBack={onClose} />
          {children}
        </Popover>
      )}
    </>
  )
}
