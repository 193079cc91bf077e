/** What is typed into the search of the directory; whoever opens a department from it sees the department. */
import { useLocation } from '@tanstack/react-router'
import { useState } from 'react'

/** `department` is the one of the address. The card of somebody who was found has none and leaves the search as it is. */
export function useTyped(initial: string, department: string | undefined): [string, (typed: string) => void] {
  const place = useLocation({ select: ({ state }) => state.__TSR_key })
  const [held, setHeld] = useState({ typed: initial, department, place })
  let now = held
  if (held.department !== department) {
    // Going back to where it was typed is going back to what was found.
    const isKept = department === undefined || place === held.place
    now = { ...held, department, typed: isKept ? held.typed : '' }
    setHeld(now)
  }
  return [now.typed, (typed) => setHeld({ typed, department, place })]
}
