/** What is kept of me, as the page shows it: by the parts of the program, the most first. */
import { lengthOf } from '~/shell/until'
import type { OwnData, OwnPlace } from '~/api/types'

export type Kind = OwnData['kinds'][number]
export type Certainty = OwnPlace['certainty']

export interface ShownKind {
  of: Kind
  records: number
  certainty: Certainty
  /** How many of them leave within 14 days. */
  soon: number
  /** How long the longest of it stays, 1 to 5. */
  level: number
  /** 1 to 8. */
  colour: number
}

export function shownKinds({ kinds }: OwnData): ShownKind[] {
  const all = kinds.map((of) => {
    const held = of.places.filter((place) => place.records > 0)
    return {
      of,
      records: sum(held.map((place) => place.records)),
      certainty: leastSure(of.places.map((place) => place.certainty)),
      soon: sum(held.map((place) => place.soon)),
      level: Math.max(0, ...held.map((place) => lengthOf(place.until))),
    }
  })
  return all.sort((a, b) => b.records - a.records).map((kind, n) => ({ ...kind, colour: (n % 8) + 1 }))
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0)
}

function leastSure(all: readonly Certainty[]): Certainty {
  return all.includes('about') ? 'about' : all.includes('at_least') ? 'at_least' : 'exact'
}
