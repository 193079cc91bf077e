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

/** What settings were and are, by field; nothing when the entry says nothing of it. */
export function changesOf({ data }: Pick<AuditEntry, 'data'>): Change[] {
  const [before, after] = [fieldsOf(data['before']), fieldsOf(data['after'])]
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .map((field) => ({ field, before: textOf(before[field]), after: textOf(after[field]) }))
    .filter((change) => change.before !== change.after)
}

/** What else is said: small facts by name. Of fields it says which, and so has to know what they are called. */
export const factsOf = ({ data }: Pick<AuditEntry, 'data'>, nameOf: (code: string) => string): [string, string][] =>
  Object.entries(data)
    .filter(([field, value]) => field !== 'before' && field !== 'after' && value !== null)
    .map(([field, value]) => [field, field === 'fields' && Array.isArray(value) ? value.map((one) => nameOf(String(one))).join(', ') : textOf(value)])

function fieldsOf(value: unknown): Record<string, unknown> {
  if (Array.isArray(value)) return { '': value }
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '–'
  if (Array.isArray(value)) return value.length === 0 ? '–' : value.map(textOf).join(', ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
