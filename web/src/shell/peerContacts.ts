/** The peer organisations one may speak with (XORG-03). They are found beside the contacts, also where these are switched off. */
import { useQuery } from '@tanstack/react-query'
import { query } from '~/api/client'
import { hasStatus } from '~/api/error'
import { useIsOn } from './applications'

/** Whoever may not is told that there are none; while peers are switched off nobody asks. */
export function usePeerContacts(isWanted = true) {
  const isOn = useIsOn()('peers')
  const found = useQuery({ ...query('get', '/v1/peer-contacts', {}), enabled: isOn && isWanted })
  const hasNone = !isOn || hasStatus(found.error, 404) || found.data?.items.length === 0
  return { found, hasNone }
}
