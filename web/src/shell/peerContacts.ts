/** The peer organisations one may speak with (XORG-03). They are found beside the contacts, also where these are switched off. */
import { query } from '~/api/client'

/** Whoever may not is told that there are none. */
export const peerContacts = () => query('get', '/v1/peer-contacts', {})
