/**
 * Stands in what lies over the page. What it was opened from may be gone when it closes (the line that was deleted, the menu of
 * somebody who is above one now): then the keyboard goes to the given place, to the dialog that is seen again, or to the page.
 */
import { useEffect, useEffectEvent } from 'react'

interface Props {
  /** Where the focus goes if it cannot go back. */
  home?: () => HTMLElement | null | undefined
}

function isLost(at: Element | null): boolean {
  return at === null || at === document.body || at.closest('[inert], [aria-hidden="true"]') !== null
}

export function FocusHome({ home }: Props) {
  const settle = useEffectEvent(() => {
    const place = home
    // The focus is given back one frame after the dialog is gone.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        if (!isLost(document.activeElement)) return
        const below = [...document.querySelectorAll<HTMLElement>('[role=dialog], [role=alertdialog]')].at(-1)
        const next = place?.() ?? below ?? document.querySelector<HTMLElement>('main[tabindex]')
        next?.focus({ preventScroll: true })
      }),
    )
  })
  useEffect(() => () => settle(), [])
  return null
}
