/** The open branches of a tree: those somebody opened, and those above the place that was gone to last. */
import { type RefObject, useEffect, useRef, useState } from 'react'
import type { Key } from 'react-aria-components'

/** `path` leads from the top down to a place. When it leads to another one, all above that is unfolded, and it is brought into sight. */
export function useRevealed(path: readonly string[], defaultExpanded: Iterable<Key> | undefined) {
  const tree = useRef<HTMLDivElement>(null)
  const place = path.at(-1)
  const [revealed, setRevealed] = useState<string | undefined>()
  const [expanded, setExpanded] = useState<Set<Key>>(() => new Set(defaultExpanded))
  if (place !== revealed) {
    setRevealed(place)
    setExpanded(new Set([...expanded, ...path.slice(0, -1)]))
  }
  useBroughtIntoSight(tree, place)
  return { tree, expanded, setExpanded }
}

function useBroughtIntoSight(tree: RefObject<HTMLElement | null>, place: string | undefined) {
  useEffect(() => {
    if (place === undefined) return
    // The tree draws its lines a moment after itself.
    const soon = requestAnimationFrame(() => tree.current?.querySelector(`[data-key="${CSS.escape(place)}"]`)?.scrollIntoView({ block: 'nearest' }))
    return () => cancelAnimationFrame(soon)
  }, [tree, place])
}
