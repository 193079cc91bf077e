/** What happens to files is told before the first one; what was meant to be done with it waits until it is agreed to. */
import { type ReactNode, useState } from 'react'
import { useStore } from 'zustand'
import { useMessages } from '../context'
import type { Entry } from '../engine/entry'
import { ExplainFiles } from './ExplainFiles'

interface Explaining {
  /** Does it at once where it was told before. */
  first: (act: () => void) => void
  /** The telling, while something waits for it. */
  dialog: ReactNode
}

export function useExplained(entry: Entry, { areGiven = false } = {}): Explaining {
  const { explained } = useMessages()
  const isExplained = useStore(explained.store, (state) => state.at !== null)
  const [waiting, setWaiting] = useState<{ act: () => void } | null>(null)
  const agree = () => {
    explained.agree()
    setWaiting(null)
    waiting?.act()
  }
  return {
    first: (act) => (isExplained ? act() : setWaiting({ act })),
    dialog: waiting !== null && <ExplainFiles entry={entry} areGiven={areGiven} onAgree={agree} onClose={() => setWaiting(null)} />,
  }
}
