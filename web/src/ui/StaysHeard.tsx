/**
 * Stands in a list that opens below a field. React Aria hides the whole page from screen readers then, also what the keyboard
 * reaches. The keyboard stays in the field, so nothing needs to be hidden: what is around the field counts as its top layer.
 */
import { type RefObject, useLayoutEffect } from 'react'

const TOP_LAYER = 'data-react-aria-top-layer'

export function StaysHeard({ field }: { field: RefObject<HTMLElement | null> }) {
  // Before React Aria looks for what is to be hidden.
  useLayoutEffect(() => {
    const around = field.current?.closest('[role=dialog], [role=alertdialog]') ?? field.current?.closest('body > *')
    if (!around || around.hasAttribute(TOP_LAYER)) return undefined
    around.setAttribute(TOP_LAYER, '')
    return () => around.removeAttribute(TOP_LAYER)
  }, [field])
  return null
}
