/** Reads who did something and to whom out of an entry of the audit log. */
import type { AuditEntry, Id } from '~/api/types'

export interface AuditDetails {
  kind: AuditEntry['actor']['kind']
  actor: Id | null
  /** The person it was done to. */
  member: Id | null
}

export function detailsOf({ actor, target }: Pick<AuditEntry, 'actor' | 'target'>): AuditDetails {
  return { kind: actor.kind, actor: 'id' in actor ? actor.id : null, member: target?.kind === 'member' ? target.id : null }
}

export interface Change {
  field: string
  before: string
  after: string
}

type Said = Pick<AuditEntry, 'data'> & Partial<Pick<AuditEntry, 'name'>>

/** What is said of the one thing that some events tell of without naming it. */
const ONE_THING: Record<string, string> = { 'branding.brand_changed': 'accent' }

/** What settings were and are, by field; nothing when the entry says nothing of it. `say` has words for a value. */
export function changesOf({ data, name = '' }: Said, say: (field: string, value: unknown) => string): Change[] {
  const of = ONE_THING[name] ?? 'state'
  const [before, after] = [fieldsOf(data['before'], of), fieldsOf(data['after'], of)]
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .map((field) => ({ field, before: say(field, before[field]), after: say(field, after[field]) }))
    .filter((change) => change.before !== change.after)
}

/** What else is said: small facts by name. */
export const factsOf = ({ data }: Said): [string, unknown][] => Object.entries(data).filter(([field, value]) => field !== 'before' && field !== 'after' && value !== null)

/** Ids of people among what is said. */
export const idsOf = (value: unknown): string[] => [value].flat().filter((one) => typeof one === 'string')

/** A list is of permissions, and a word or a number of the one thing. */
function fieldsOf(value: unknown, of: string): Record<string, unknown> {
  if (value === undefined || value === null) return {}
  if (Array.isArray(value)) return { '': value }
  return typeof value === 'object' ? { ...value } : { [of]: value }
}
