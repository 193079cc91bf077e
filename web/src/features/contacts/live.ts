/** What the events of the contacts make stale. */
import { keyOf } from '~/api/client'
import type { LiveMap } from '~/api/live-events'

const book = () => [keyOf('/v1/contacts'), keyOf('/v1/contacts/{contact}')]

export const live: LiveMap = {
  'contacts.contact_changed': book,
  'contacts.contacts_imported': book,
  'peers.peers_changed': () => [keyOf('/v1/peer-contacts')],
  'contacts.code_renewed': () => [keyOf('/v1/contact-code')],
  'contacts.app_password_created': () => [keyOf('/v1/app-passwords')],
  'contacts.app_password_revoked': () => [keyOf('/v1/app-passwords')],
}
