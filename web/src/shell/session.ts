/** Who is signed in, where they belong, and what the server can do. */
import { useLingui } from '@lingui/react'
import { useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { call, keyOf, query } from '~/api/client'
import { hasStatus } from '~/api/error'
import { useProblemText } from '~/api/problems'
import type { Permission, Session, SessionOrganisation } from '~/api/types'
import { organisationName } from '~/lib/names'
import { toast } from '~/ui/toast'
import { followAccount } from './language'
import { ADMIN_PAGES, OF_APPLICATION, OF_EVERYBODY } from './adminPages'
import { useIsOn } from './applications'
import { depart, forget, LAST, wasSignedIn } from './departure'
import { links, type AdminPage } from './links'
import { keptAccount } from './kept'

export const capabilities = () => ({
  ...query('get', '/v1/capabilities', {}),
  queryKey: ['capabilities'],
  staleTime: 300_000,
})

/** The sign-in belongs to no organisation, so neither does its key. `null` when nobody is signed in. */
export const session = () => ({
  queryKey: ['session'],
  staleTime: 60_000,
  meta: { isKept: true },
  queryFn: async ({ signal }: { signal: AbortSignal }): Promise<Session | null> => {
    try {
      return (await call('get', '/v1/session', {}, { signal, organisation: null })) ?? null
    } catch (error) {
      // It ended while it was being read.
      if (hasStatus(error, 401)) return null
      throw error
    }
  },
})

export const organisation = () => ({ ...query('get', '/v1/organisation', {}), staleTime: 300_000, meta: { isKept: true } })
export const me = () => ({ ...query('get', '/v1/me', {}), staleTime: 300_000, meta: { isKept: true } })
export const notificationCount = () => query('get', '/v1/notifications', { query: { limit: 1 } })

/** The last organisation that was open on this device, for the next start. */
export const rememberOrganisation = (slug: string) => localStorage.setItem(LAST, slug)

/** Whether nobody is let in: whoever runs the server suspended it, or its owners are dissolving it. */
export const isShut = (place: SessionOrganisation) => place.is_suspended || typeof place.dissolves_at === 'string'

/** Whether one is let in: by the organisation, and nobody shut it. */
export const isOpen = (place: SessionOrganisation) => place.state === 'active' && !isShut(place)

/** Where to go after signing in: the last organisation if one still belongs to it, otherwise the first; one that is open before any other. */
export function homeOrganisation(of: Session) {
  const open = of.organisations.filter(isOpen)
  const last = (places: SessionOrganisation[]) => places.find((place) => place.slug === localStorage.getItem(LAST))
  return last(open) ?? open[0] ?? last(of.organisations) ?? of.organisations[0] ?? null
}

/** Reads the sign-in: what is known at once, and again behind it when it is old. */
export const readSession = (queries: QueryClient) => queries.ensureQueryData({ ...session(), revalidateIfStale: true })

/** Takes the answer of a sign-in as the truth, and forgets what another account had left. */
export async function enter(queries: QueryClient, signedIn: Session) {
  const before = wasSignedIn() ? await keptAccount() : null
  if (before !== null && before !== signedIn.account_id) await forget(queries)
  queries.clear()
  queries.setQueryData(session().queryKey, signedIn)
  await followAccount(signedIn.language)
}

/** `to` is where one is afterwards. */
export function useSignOut(to = links.signIn()) {
  const queries = useQueryClient()
  const textOf = useProblemText()
  const leave = () => depart(queries, { why: 'own', to })
  return useMutation({
    mutationFn: () => call('delete', '/v1/session', {}, { organisation: null }),
    onSuccess: leave,
    onError: (error) => (hasStatus(error, 401) ? leave() : toast(textOf(error), { tone: 'bad' })),
  })
}

export const useSession = () => useQuery(session()).data ?? null
export const useCapabilities = () => useQuery(capabilities()).data
export const useMe = () => useQuery(me()).data
export const useOrganisation = () => useQuery(organisation()).data

/** The name of the open organisation in the language of the interface. */
export function useOrganisationName(): string {
  const { i18n } = useLingui()
  const of = useOrganisation()
  return of ? organisationName(of, i18n.locale) : ''
}

/** What one may do, for everything or for some departments; nothing as long as the answer is on its way. */
export function useMay() {
  const may = useMe()?.may ?? []
  return (...any: Permission[]) => any.some((permission) => may.includes(permission))
}

const IMPORTS: readonly Permission[] = ['people.import', 'people.add', 'people.edit', 'people.place', 'departments.manage']

/** Whether one may do all that a list of people does. */
export function useMayImport() {
  const may = useMe()?.may ?? []
  return IMPORTS.every((permission) => may.includes(permission))
}

/** Whether a page of the administration is open to one. */
export function useOpened() {
  const may = useMay()
  const isOn = useIsOn()
  const hasPart = useMe()?.has_part === true
  return (page: AdminPage) => {
    const needed = OF_APPLICATION[page]
    if (hasPart && OF_EVERYBODY.has(page)) return false
    return ADMIN_PAGES.some(([one, permissions]) => one === page && may(...permissions)) && (needed === undefined || isOn(needed))
  }
}

/** Whether there is anything for one to do in the administration, and where it begins. */
export function useAdministration(): AdminPage | null {
  const may = useMay()
  return ADMIN_PAGES.find(([, permissions]) => may(...permissions))?.[0] ?? null
}

export const organisationKey = () => keyOf('/v1/organisation')
