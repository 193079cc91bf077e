/** Reads who did something and to whom out of an entry of the audit log. */
import type { AuditEntry, Id } from '~/api/types'

export interface AuditDetails {
  kind: AuditEntry['actor']['kind']
  actor: Id | null
  members: Id[]
}

export function detailsOf(entry: Pick<AuditEntry, 'actor' | 'data'>): AuditDetails {
  const { actor, data } = entry
  const members = [data['member'], data['member_id'], data['subject']]
  return { kind: actor.kind, actor: 'id' in actor ? actor.id : null, members: members.filter((id) => typeof id === 'string') }
}
