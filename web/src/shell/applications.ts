/** What the organisation has switched off, for everybody or for oneself: the rail, the pages and the palette ask here. */
import { useQuery } from '@tanstack/react-query'
import { keyOf, query } from '~/api/client'
import { idOf, type LiveMap } from '~/api/live-events'

/** Those this client knows; a newer server may have more. */
export const APPLICATIONS = ['announcements', 'peers', 'contacts', 'contact_codes', 'address_books', 'sending_files', 'message_search', 'people_exports', 'provisioning'] as const
export type ApplicationKey = (typeof APPLICATIONS)[number]

export const applications = () => ({ ...query('get', '/v1/applications', {}), staleTime: 300_000, meta: { isKept: true } })

const stale = () => [keyOf('/v1/applications')]

/** Where it is open to some departments only, it depends on where one is, and on what lies below them. */
export const live: LiveMap = {
  'directory.member_changed': (data, me) => (idOf(data, 'member') === me ? stale() : []),
  'directory.people_imported': stale,
  'directory.import_undone': stale,
  'directory.department_changed': stale,
  'directory.department_merged': stale,
}

/** Whether an application is open to one. As long as the answer is on its way everything is: the server refuses what is not. */
export function useIsOn() {
  const items = useQuery(applications()).data?.items ?? []
  return (key: ApplicationKey) => items.every((one) => one.key !== key || one.is_open)
}
