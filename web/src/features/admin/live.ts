/** What events make stale for administrators. */
import { keyOf } from '~/api/client'
import type { LiveMap } from '~/api/live-events'
import { retentionKeys } from './queries'

const invited = () => [keyOf('/v1/invitations')]

const roles = () => [keyOf('/v1/roles'), keyOf('/v1/role-grants'), keyOf('/v1/me'), keyOf('/v1/members')]
const imports = () => [keyOf('/v1/imports'), keyOf('/v1/imports/{import}')]
const fields = () => [keyOf('/v1/fields'), keyOf('/v1/fields/{field}/values'), keyOf('/v1/me'), keyOf('/v1/members'), keyOf('/v1/members/{member}')]
const peopleGroups = () => [keyOf('/v1/people-groups'), keyOf('/v1/people-groups/{group}'), keyOf('/v1/people-groups/{group}/members')]
const acts = () => [keyOf('/v1/sensitive-acts'), keyOf('/v1/people-exports')]
const leavers = () => [keyOf('/v1/hand-overs'), keyOf('/v1/hand-overs/{member}')]

const tokens = () => [keyOf('/v1/service-tokens')]

const verification = () => [keyOf('/v1/verification'), ['session']]

export const live: LiveMap = {
  'verification.asked': verification,
  'verification.withdrawn': verification,
  'verification.decided': verification,
  'verification.ended': verification,
  'provisioning.token_made': tokens,
  'provisioning.token_revoked': tokens,
  'identity.import_ended': imports,
  'identity.import_result_forgotten': imports,
  'directory.member_changed': leavers,
  'directory.member_suspended': leavers,
  'directory.member_resumed': leavers,
  'handover.thing_passed': leavers,
  'handover.thing_skipped': leavers,
  'applications.application_changed': () => [keyOf('/v1/applications'), keyOf('/v1/applications/{application}/kept')],
  'peers.peers_changed': () => [keyOf('/v1/peers'), keyOf('/v1/peer-speakers')],
  'files.policy_changed': () => [keyOf('/v1/file-policy')],
  'retention.shortening_begun': retentionKeys,
  'retention.shortening_ended': retentionKeys,
  'directory.organisation_changed': retentionKeys,
  'directory.role_given': roles,
  'directory.role_taken': roles,
  'directory.role_written': roles,
  'directory.role_deleted': roles,
  'directory.fields_changed': () => [...fields(), ...peopleGroups()],
  'people_groups.people_groups_changed': peopleGroups,
  'directory.sensitive_act_asked': acts,
  'directory.sensitive_act_approved': acts,
  'directory.sensitive_act_ended': acts,
  'identity.invitation_created': invited,
  'identity.invitation_revoked': invited,
  'identity.invitation_accepted': invited,
}
