/** What events make stale for administrators. */
import { keyOf } from '~/api/client'
import type { LiveMap } from '~/api/live-events'

const invited = () => [keyOf('/v1/invitations')]

export const live: LiveMap = {
  'files.policy_changed': () => [keyOf('/v1/file-policy')],
  'identity.invitation_created': invited,
  'identity.invitation_revoked': invited,
  'identity.invitation_accepted': invited,
}
