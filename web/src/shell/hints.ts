/** Hints for the first time somebody uses something: gone for good on this device once they were read or followed. */
import { create } from 'zustand'

export type HintId = 'choose-people' | 'conversation-menu'

const KEY = 'hints'

function read(): readonly string[] {
  try {
    const left: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(left) ? left.filter((id) => typeof id === 'string') : []
  } catch {
    return []
  }
}

const useGone = create<{ gone: readonly string[] }>(() => ({ gone: read() }))

/** Whether the hint is still to be shown. */
export const useHint = (id: HintId): boolean => useGone((state) => !state.gone.includes(id))

/** It was read, or what it tells was done. */
export function endHint(id: HintId) {
  const { gone } = useGone.getState()
  if (gone.includes(id)) return
  useGone.setState({ gone: [...gone, id] })
  try {
    localStorage.setItem(KEY, JSON.stringify([...gone, id]))
  } catch {
    // A browser that keeps nothing shows it again the next time.
  }
}
