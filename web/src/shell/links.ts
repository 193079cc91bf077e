import type { PrivacyDocumentKind } from '~/api/types'
import type { Search } from './finding'

/** Every address of the client. Features meet here, not by importing each other. */
export type SettingsPage = 'profile' | 'devices' | 'notifications' | 'appearance' | 'address-books' | 'cookies' | 'data' | 'privacy'
export type AdminPage = 'overview' | 'people' | 'leavers' | 'invitations' | 'organisation' | 'applications' | 'departments' | 'people-groups' | 'fields' | 'roles' | 'decisions' | 'files' | 'announcements' | 'workdays' | 'peers' | 'tokens' | 'requests' | 'retention' | 'audit' | 'data-map' | 'erasures' | 'jobs' | 'health'

const under = (slug: string, rest: string) => `/o/${encodeURIComponent(slug)}/${rest}`

/** What is not said is not in the address. */
function searchOf(search: Search): string {
  const { q, scope, ...filters } = search
  const said = Object.entries({ q, scope: scope === 'all' ? undefined : scope, ...filters }).filter((pair): pair is [string, string] => typeof pair[1] === 'string' && pair[1] !== '')
  return said.length === 0 ? '' : `?${new URLSearchParams(said)}`
}

export const links = {
  start: () => '/',
  /** Where one goes on afterwards, and why one is there, as the page says it. */
  signIn: (next?: string, bye?: string) => {
    const said = Object.entries({ next, bye }).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`]))
    return said.length === 0 ? '/sign-in' : `/sign-in?${said.join('&')}`
  },
  /** Where the members of one organisation sign in, also those who have only a user id. */
  signInTo: (slug: string) => `/sign-in?organisation=${encodeURIComponent(slug)}`,
  setUp: () => '/setup',
  welcome: () => '/welcome',
  /** Organisations that ask for one. */
  invitations: () => '/invitations',
  /** Of an organisation into which nobody is let; of every such one when none is named. */
  suspended: (slug?: string) => (slug === undefined ? '/suspended' : `/suspended?organisation=${encodeURIComponent(slug)}`),
  statement: () => '/privacy/statement',
  /** Every document about data, and every version of it. */
  documents: () => '/privacy',
  /** One of them, in force or of an older version. */
  document: (kind: PrivacyDocumentKind, version?: string) => `/privacy/${kind}${version === undefined ? '' : `/${encodeURIComponent(version)}`}`,
  /** Where anybody asks an organisation for something about their data. */
  privacyRequest: (slug?: string) => (slug === undefined ? '/privacy/request' : `/privacy/request?organisation=${encodeURIComponent(slug)}`),
  /** A request, for whoever has its link. */
  subjectRequest: (token: string) => `/privacy/request/${encodeURIComponent(token)}`,
  /** What a contact code leads to. */
  card: (code: string) => `/card/${encodeURIComponent(code)}`,
  join: (token: string) => `/join/${encodeURIComponent(token)}`,
  organisation: (slug: string) => under(slug, 'messages'),
  messages: (slug: string) => under(slug, 'messages'),
  conversation: (slug: string, conversation: string, seq?: number | null) =>
    under(slug, `messages/${conversation}${seq === undefined || seq === null ? '' : `?at=${seq}`}`),
  /** Opens the direct chat with somebody, making it when there is none. */
  chatWith: (slug: string, member: string) => under(slug, `messages/with/${member}`),
  people: (slug: string) => under(slug, 'people'),
  chart: (slug: string) => under(slug, 'people/chart'),
  department: (slug: string, department: string) => under(slug, `people?department=${department}`),
  /** Keeps the department that is open beside the card. */
  person: (slug: string, member: string, department?: string) => under(slug, `people/${member}${department === undefined ? '' : `?department=${department}`}`),
  contacts: (slug: string) => under(slug, 'people/contacts'),
  contact: (slug: string, contact: string) => under(slug, `people/contacts/${contact}`),
  search: (slug: string, search: Search = {}) => under(slug, `search${searchOf(search)}`),
  notifications: (slug: string) => under(slug, 'notifications'),
  announcements: (slug: string) => under(slug, 'announcements'),
  me: (slug: string) => under(slug, 'settings'),
  settings: (slug: string, page: SettingsPage) => under(slug, `settings/${page}`),
  admin: (slug: string, page: AdminPage) => under(slug, `admin/${page}`),
  /** What somebody had who is let in no more. */
  leaver: (slug: string, member: string) => under(slug, `admin/leavers/${member}`),
  /** Where an import begins, and one that has begun. */
  import: (slug: string, id?: string) => under(slug, id === undefined ? 'admin/people/import' : `admin/people/import/${id}`),
}
