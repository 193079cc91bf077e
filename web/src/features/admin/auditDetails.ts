/** Reads who did something and to whom out of an entry of the audit log. */
import type { AuditDetails, AuditEntry } from '~/api/types'

function textOf(fields: ReadonlyMap<string, unknown>, name: string): string | null {
  const value = fields.get(name)
  return typeof value === 'string' ? value : null
}

export function detailsOf(entry: Pick<AuditEntry, 'actor' | 'data'>): AuditDetails {
  const actor = new Map<string, unknown>(Object.entries(entry.actor))
  const data = new Map<string, unknown>(Object.entries(entry.data))
  const members = ['member', 'member_id', 'subject'].map((name) => textOf(data, name))
  return { kind: textOf(actor, 'kind') ?? '', actor: textOf(actor, 'id'), members: members.filter((id) => id !== null) }
}
