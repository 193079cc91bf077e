/** What the directory's events make stale. */
import { keyOf } from '~/api/client'
import type { LiveMap } from '~/api/live-events'

const everybody = () => [keyOf('/v1/members'), keyOf('/v1/members/count'), keyOf('/v1/members/{member}'), keyOf('/v1/me'), keyOf('/v1/departments')]

export const live: LiveMap = {
  'directory.organisation_changed': () => [keyOf('/v1/organisation'), ['session']],
  'directory.people_imported': everybody,
  'directory.import_undone': everybody,
  'directory.member_added': everybody,
  'directory.member_changed': everybody,
  'directory.member_suspended': everybody,
  'directory.member_resumed': everybody,
  'directory.department_changed': everybody,
  'directory.department_merged': everybody,
}
