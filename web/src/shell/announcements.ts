/** What the organisation announces: what waits for one stands at the top of every page, the rest on a page of its own. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { call, keyOf, markStale, query } from '~/api/client'
import { idOf, type LiveMap } from '~/api/live-events'
import { useProblemText } from '~/api/problems'
import type { Announcement } from '~/api/types'
import { toast } from '~/ui/toast'

const keys = () => [keyOf('/v1/announcements')]
const counted = () => [keyOf('/v1/announcements/written'), keyOf('/v1/announcements/{announcement}/unconfirmed')]

export const live: LiveMap = {
  'announcements.announcements_changed': () => [...keys(), ...counted()],
  'announcements.counts_changed': counted,
  'announcements.announcement_read': keys,
  // Another department has other announcements.
  'directory.member_changed': (data, me) => (idOf(data, 'member') === me ? keys() : []),
  'directory.department_changed': keys,
  // Those are asked to whom they are open.
  'applications.application_changed': (data) => (idOf(data, 'application') === 'announcements' ? [...keys(), ...counted()] : []),
}

/** The newest that waits to be read or confirmed, and how many there are. */
export const waitingAnnouncements = () => query('get', '/v1/announcements', { query: { is_waiting: true, limit: 1 } })

/** Whether one is still asked to read it, or to confirm it. */
export const isWaiting = (one: Announcement, me: string | undefined) => one.state === 'shown' && one.author_id !== me && !(one.must_be_confirmed ? one.is_confirmed : one.is_read)

/** Says that one has read it; confirms it where that is asked. */
export function useReadAnnouncement() {
  const queries = useQueryClient()
  const textOf = useProblemText()
  return useMutation({
    mutationFn: ({ id, must_be_confirmed, revision }: Announcement) => call('post', '/v1/announcements/{announcement}/read', { path: { announcement: id }, body: { confirms: must_be_confirmed, revision } }),
    onError: (error) => toast(textOf(error), { tone: 'bad' }),
    // One that is gone meanwhile goes; one that was changed is shown as it is now.
    onSettled: () => markStale(queries, [...keys(), keyOf('/v1/notifications')]),
  })
}
