/** The pages of the administration in their order, which permissions open each, and what must be on. */
import type { Permission } from '~/api/types'
import type { ApplicationKey } from './applications'
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
  // Whoever sees people may ask to take many of them away, and reads there what became of it.
  ['decisions', ['acts.decide', 'organisation.own', 'content.retention', 'people.see']],
  ['organisation', ['organisation.edit', 'content.retention']],
  ['applications', ['organisation.edit']],
  ['files', ['content.files']],
  ['announcements', ['announcements.write']],
  ['workdays', ['organisation.edit']],
  ['requests', ['people.edit']],
  ['peers', ['peers.manage']],
  ['tokens', ['tokens.manage']],
  ['retention', ['content.retention']],
  ['audit', ['audit.read']],
  ['data-map', ['audit.read']],
  ['erasures', ['audit.read']],
  ['jobs', ['server.see']],
  ['health', ['server.see']],
]

/** Nothing leads to these for whoever looks after some departments only: they are about everybody. */
export const OF_EVERYBODY: ReadonlySet<AdminPage> = new Set(['people-groups', 'requests'])

/** Nothing leads to these while their application is off; by its address one still ends what was begun. */
export const OF_APPLICATION: Partial<Record<AdminPage, ApplicationKey>> = { announcements: 'announcements', peers: 'peers', tokens: 'provisioning' }
