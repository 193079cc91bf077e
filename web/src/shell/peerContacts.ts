/** The peer organisations one may speak with (XORG-03). They are found beside the contacts, also where these are switched off. */
import { query, type AnswerOf } from '~/api/client'
import { hasStatus } from '~/api/error'

/** Whoever may not is told that there are none. */
export const peerContacts = () => query('get', '/v1/peer-contacts', {})

/** Whether the answer is that there are none, or none for whoever asks. */
export const hasNoPeers = (of: { data: AnswerOf<'get', '/v1/peer-contacts'> | undefined; error: unknown }) => hasStatus(of.error, 404) || of.data?.items.length === 0
