/** Where a key leads in a list or a grid. Pure. */
interface Place {
  /** Where the focus is; -1 when it is on none of them. */
  here: number
  lanes: number
  total: number
  /** People in sight. */
  page: number
}

/** The place after this key; `null` for keys that lead nowhere. */
export function stepOf(key: string, { here, lanes, total, page }: Place): number | null {
  if (total === 0) return null
  const steps: Record<string, number> = { ArrowDown: lanes, j: lanes, ArrowUp: -lanes, k: -lanes, PageDown: page, PageUp: -page }
  if (lanes > 1) Object.assign(steps, { ArrowRight: 1, ArrowLeft: -1 })
  if (key === 'Home') return 0
  if (key === 'End') return total - 1
  const step = steps[key]
  if (step === undefined) return null
  if (here < 0) return 0
  const next = here + step
  // From the last line but one down into a last line that is shorter.
  return next >= total ? (Math.floor(here / lanes) === Math.floor((total - 1) / lanes) ? here : total - 1) : next < 0 ? here : next
}
