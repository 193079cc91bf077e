/** What opens in front of the page costs nothing until it is opened for the first time; from then on it stays, to go away in its own time. */
import { useState } from 'react'

/** Whether it is open, or was once. */
export function useHasOpened(isOpen: boolean): boolean {
  const [hasOpened, setOpened] = useState(isOpen)
  if (isOpen && !hasOpened) setOpened(true)
  return hasOpened
}
