/** What the events of the account make stale. */
import { keyOf } from '~/api/client'
import type { LiveMap } from '~/api/live-events'
import { endedHints } from '~/shell/hints'
import { restrictionKeys } from '~/shell/restrictions'

const ownCopies = () => [keyOf('/v1/personal-exports')]
const agreed = () => [keyOf('/v1/me/consents')]
const signedIn = () => [['sessions'], keyOf('/v1/sign-ins')]

export const live: LiveMap = {
  'consents.consent_given': agreed,
  'consents.consent_withdrawn': agreed,
  'identity.session_started': signedIn,
  'identity.session_ended': signedIn,
  'identity.hint_ended': () => [endedHints().queryKey],
  'directory.field_revealed': () => [keyOf('/v1/me/reveals')],
  'personal_exports.personal_export_asked': ownCopies,
  'personal_exports.personal_export_written': ownCopies,
  'personal_exports.personal_export_deleted': ownCopies,
  'restrictions.restriction_placed': restrictionKeys,
  'restrictions.lift_announced': restrictionKeys,
  'restrictions.restriction_lifted': restrictionKeys,
  'privacy.statement_accepted': () => [keyOf('/v1/statement/acceptances'), ['session']],
}
