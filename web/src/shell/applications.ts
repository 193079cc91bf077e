/** What the organisation has switched off, for everybody or for oneself: the rail, the pages and the palette ask here. */
import { useQuery } from '@tanstack/react-query'
import { query } from '~/api/client'

/** Those this client knows; a newer server may have more. */
export const APPLICATIONS = ['contacts', 'contact_codes', 'address_books', 'sending_files', 'message_search', 'people_exports', 'provisioning'] as const
export type ApplicationKey = (typeof APPLICATIONS)[number]

export const applications = () => ({ ...query('get', '/v1/applications', {}), staleTime: 300_000, meta: { isKept: true } })

/** Whether an application is open to one. As long as the answer is on its way everything is: the server refuses what is not. */
export function useIsOn() {
  const items = useQuery(applications()).data?.items ?? []
  return (key: ApplicationKey) => items.every((one) => one.key !== key || one.is_open)
}
