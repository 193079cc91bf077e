/** The map by purposes: what the law calls a processing activity. */
import type { ComposedMap, Flow } from '~/api/types'

export interface Activity {
  purpose: string
  function: string
  flows: Flow[]
  categories: string[]
  isSensitive: boolean
  recipients: string[]
}

export function activitiesOf(flows: readonly Flow[]): Activity[] {
  const byPurpose = new Map<string, Flow[]>()
  for (const flow of flows) byPurpose.set(flow.purpose, [...(byPurpose.get(flow.purpose) ?? []), flow])
  return [...byPurpose].map(([purpose, own]) => ({
    purpose,
    function: own[0]?.function ?? '',
    flows: own,
    categories: [...new Set(own.flatMap((flow) => flow.categories))],
    isSensitive: own.some((flow) => flow.is_sensitive),
    recipients: [...new Set(own.flatMap((flow) => flow.recipient ?? []))],
  }))
}

/** What can be chosen in the filters: each once, as the map has it. */
export function choicesOf(map: ComposedMap) {
  const once = (all: readonly string[]) => [...new Set(all)]
  const purposes = Object.values(map.purposes)
  return {
    subject: once(map.flows.map((flow) => flow.subject)),
    category: once(map.flows.flatMap((flow) => flow.categories)),
    ground: once(purposes.flatMap(({ cn, eu }) => [`cn.${cn}`, `eu.${eu}`])).sort(),
    rule: once(map.flows.flatMap((flow) => flow.rule ?? [])).sort(),
  }
}
