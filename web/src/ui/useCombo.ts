/** One field that rules a list below it (APG combobox): the keyboard stays in the field, the list says which line is meant. */
import { type KeyboardEvent, type MouseEvent, useId, useRef, useState } from 'react'

interface Options {
  /** The lines in their order. */
  keys: readonly string[]
  /** Whether a line is meant before anybody moved. */
  hasFirst: boolean
  /** `isAside`: with the key that opens links in another window; `isPointed`: with the pointer, at this line and no other. */
  onChoose: (key: string, how: { isAside: boolean; isPointed: boolean }) => void
}

export function useCombo({ keys, hasFirst, onChoose }: Options) {
  const base = useId()
  const list = useRef<HTMLDivElement>(null)
  const [moved, setMoved] = useState<string | null>(null)
  const active = moved !== null && keys.includes(moved) ? moved : hasFirst ? (keys[0] ?? null) : null
  const idOf = (key: string) => `${base}-${keys.indexOf(key)}`
  const move = (to: number) => {
    const key = keys[(to + keys.length) % keys.length]
    if (key === undefined) return
    setMoved(key)
    requestAnimationFrame(() => list.current?.querySelector('[role=option][aria-selected=true]')?.scrollIntoView({ block: 'nearest' }))
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing || event.altKey) return
    const here = active === null ? -1 : keys.indexOf(active)
    const steps: Readonly<Record<string, number>> = { ArrowDown: here + 1, ArrowUp: here < 0 ? keys.length - 1 : here - 1, PageDown: Math.min(keys.length - 1, here + 6), PageUp: Math.max(0, here - 6) }
    const to = steps[event.key]
    if (to !== undefined && keys.length > 0) {
      event.preventDefault()
      move(to)
    } else if (event.key === 'Enter' && active !== null) {
      event.preventDefault()
      onChoose(active, { isAside: event.metaKey || event.ctrlKey, isPointed: false })
    }
  }
  return {
    active,
    /** Tab takes the line that is meant, where the field is only half written. */
    completeByTab: (event: KeyboardEvent<HTMLInputElement>) => {
      if (event.key !== 'Tab' || event.shiftKey || event.altKey || event.nativeEvent.isComposing || active === null) return
      event.preventDefault()
      // A dialog around it would move the keyboard all the same.
      event.stopPropagation()
      onChoose(active, { isAside: false, isPointed: false })
    },
    /** Somebody pointed at a line themselves, by keys or with the pointer. */
    hasMoved: moved !== null && active === moved,
    /** Back to the first line, for a new question. */
    reset: () => setMoved(null),
    onKeyDown,
    field: {
      role: 'combobox' as const,
      'aria-expanded': keys.length > 0,
      'aria-controls': `${base}-list`,
      'aria-autocomplete': 'list' as const,
      'aria-activedescendant': active === null ? undefined : idOf(active),
    },
    list: { ref: list, id: `${base}-list`, role: 'listbox' as const },
    option: (key: string) => ({
      id: idOf(key),
      role: 'option' as const,
      'aria-selected': key === active,
      onPointerMove: () => key !== active && setMoved(key),
      // The field keeps the keyboard.
      onMouseDown: (event: MouseEvent) => event.preventDefault(),
      onClick: (event: MouseEvent) => onChoose(key, { isAside: event.metaKey || event.ctrlKey, isPointed: true }),
    }),
  }
}

export type Combo = ReturnType<typeof useCombo>
