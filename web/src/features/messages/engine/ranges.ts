/** Which stretches of a conversation this device holds without a hole. */

/** Both ends belong to it. */
export interface Range {
  readonly from: number
  readonly to: number
}

/** Adds a stretch; stretches that touch become one. The answer is in order and never overlaps. */
export function addRange(ranges: readonly Range[], added: Range): readonly Range[] {
  if (added.to < added.from) return ranges
  const apart: Range[] = []
  let { from, to } = added
  for (const range of ranges) {
    if (range.to + 1 < from || to + 1 < range.from) {
      apart.push(range)
    } else {
      from = Math.min(from, range.from)
      to = Math.max(to, range.to)
    }
  }
  return [...apart, { from, to }].sort((a, b) => a.from - b.from)
}

/** The stretch that holds `seq`. */
export function rangeAt(ranges: readonly Range[], seq: number): Range | undefined {
  return ranges.find((range) => range.from <= seq && seq <= range.to)
}
