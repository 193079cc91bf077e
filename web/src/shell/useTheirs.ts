/** Follows a thing that somebody else may change while one is changing it oneself: nothing of either is lost, and one sees what differs. */
import { useState } from 'react'

type Edited = { revision?: number | null | undefined } | undefined

/** What is gone, or was read before what is known, is no news. */
const isNewer = (of: Edited, known: Edited) => (of?.revision ?? -1) > (known?.revision ?? -1)

interface Form<T> {
  rebase: (before: T, now: T) => void
  reset: (next: T) => void
}

export function useTheirs<Of extends Edited, T>(of: Of, valuesOf: (of: Of) => T, form: Form<T>) {
  const [before, setBefore] = useState(of)
  const [base, setBase] = useState(of)
  if (isNewer(of, base)) {
    form.rebase(valuesOf(base), valuesOf(of))
    setBase(of)
  }
  return {
    /** As it was when one began. */
    before,
    /** As the fields know it. */
    base,
    isOthers: isNewer(of, before),
    take: () => {
      form.reset(valuesOf(of))
      setBefore(of)
    },
    /** What one saved oneself is nobody else's change. */
    settle: setBefore,
  }
}
