/** The pages of the administration in their order, and which permissions open each. */
import type { Permission } from '~/api/types'
import type { AdminPage } from './links'

export const ADMIN_PAGES: readonly [AdminPage, readonly Permission[]][] = [
  ['overview', ['people.see', 'acts.decide', 'content.files', 'organisation.edit', 'server.see']],
  ['people', ['people.see', 'people.add', 'people.edit', 'people.place', 'people.suspend', 'people.remove', 'people.reset_password', 'people.import']],
  ['leavers', ['people.remove']],
  ['invitations', ['people.invite']],
  ['departments', ['departments.manage']],
  ['people-groups', ['departments.manage']],
  ['fields', ['organisation.edit']],
  ['roles', ['roles.see', 'roles.give', 'roles.edit']],
  ['decisions', ['acts.decide', 'organisation.own', 'content.retention']],
  ['organisation', ['organisation.edit', 'content.retention']],
  ['files', ['content.files']],
  ['workdays', ['organisation.edit']],
  ['tokens', ['tokens.manage']],
  ['audit', ['audit.read']],
  ['jobs', ['server.see']],
  ['health', ['server.see']],
]
