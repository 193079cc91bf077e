/** Words for whoever does not see the page: what changed on it, said politely, one after the other. */
import { useEffect } from 'react'
import { create } from 'zustand'

interface Saying {
  id: number
  text: string
}

/** Long enough for every reader to have taken it up. */
const STAYS_MS = 5_000

const useSaid = create<{ sayings: readonly Saying[] }>(() => ({ sayings: [] }))
let last = 0

export function say(text: string) {
  last += 1
  const saying = { id: last, text }
  useSaid.setState(({ sayings }) => ({ sayings: [...sayings, saying] }))
  setTimeout(() => useSaid.setState(({ sayings }) => ({ sayings: sayings.filter((one) => one !== saying) })), STAYS_MS)
}

/** Says the text whenever it has become another; nothing while there is none. */
export function useSay(text: string | null) {
  useEffect(() => {
    if (text !== null) say(text)
  }, [text])
}

/** Where it is heard: it is there before the words are, and stays when pages go. */
export function Said() {
  const sayings = useSaid((said) => said.sayings)
  return (
    <div className="hidden-visually" aria-live="polite" aria-relevant="additions" data-said>
      {sayings.map(({ id, text }) => <p key={id}>{text}</p>)}
    </div>
  )
}
