/** What somebody writes, once the fingers rest: each letter alone is not worth a question to the server. */
import { useEffect, useState } from 'react'

export const REST_MS = 120

/** The value as it was when it had not changed for a moment; while it is composed by an input method it waits. */
export function useSettled<T>(value: T, isComposing = false): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    if (isComposing) return undefined
    const timer = setTimeout(() => setSettled(value), REST_MS)
    return () => clearTimeout(timer)
  }, [value, isComposing])
  return settled
}
