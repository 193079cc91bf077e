/** Which part of the data map is looked at: in the address, so that a view can be sent to a colleague. */
import type { ComposedMap, Flow } from '~/api/types'

export interface MapSearch {
  subject?: string
  category?: string
  /** `cn.consent`, `eu.contract`. */
  ground?: string
  rule?: string
  sensitive?: true
  /** A node of the drawing: `function:chat.messages`. */
  node?: string
}

const TEXTS = ['subject', 'category', 'ground', 'rule', 'node'] as const

export function mapSearch(search: Record<string, unknown>): MapSearch {
  const texts = TEXTS.flatMap((key) => (typeof search[key] === 'string' && search[key] !== '' ? [[key, search[key]]] : []))
  return { ...Object.fromEntries(texts), ...(search['sensitive'] === true ? { sensitive: true } : {}) }
}

/** As the address has it. */
export const queryOf = (search: MapSearch) => new URLSearchParams(Object.entries(search).map(([key, value]) => [key, String(value)])).toString()

/** What the filters leave; the node is drawn, and narrows the table by itself. */
export function flowsOf(map: ComposedMap, { subject, category, ground, rule, sensitive }: MapSearch): Flow[] {
  return map.flows.filter((flow) => {
    const purpose = map.purposes[flow.purpose]
    return (
      (subject === undefined || flow.subject === subject) &&
      (category === undefined || flow.categories.some((one) => one === category)) &&
      (ground === undefined || ground === `cn.${purpose?.cn}` || ground === `eu.${purpose?.eu}`) &&
      (rule === undefined || flow.rule === rule) &&
      (sensitive === undefined || flow.is_sensitive)
    )
  })
}
