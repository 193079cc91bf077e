/** State that belongs to one thing of many: when a component goes on to the next thing, it begins anew there. */
import { type Dispatch, type SetStateAction, useCallback, useState } from 'react'

function isChange<T>(next: SetStateAction<T>): next is (before: T) => T {
  return typeof next === 'function'
}

/** What is set for a thing that is no longer shown is forgotten. */
export function useStateFor<T>(id: string, initial: () => T): [T, Dispatch<SetStateAction<T>>] {
  const [held, setHeld] = useState(() => ({ id, value: initial() }))
  const now = held.id === id ? held : { id, value: initial() }
  if (now !== held) setHeld(now)
  const set = useCallback(
    (next: SetStateAction<T>) => setHeld((before) => (before.id === id ? { id, value: isChange(next) ? next(before.value) : next } : before)),
    [id],
  )
  return [now.value, set]
}
