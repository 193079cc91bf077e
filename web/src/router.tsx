/** Puts the routes of the features together. Composition only. */
import { QueryClient } from '@tanstack/react-query'
import { createRoute, createRouter, redirect } from '@tanstack/react-router'
import { isUnreachable } from '~/api/error'
import { live as adminLive } from '~/features/admin/live'
import { adminRoutes } from '~/features/admin/routes'
import { announcementsRoutes } from '~/features/announcements/routes'
import { live as contactsLive } from '~/features/contacts/live'
import { cardRoute, contactsRoutes } from '~/features/contacts/routes'
import { live as directoryLive } from '~/features/directory/live'
import { directoryRoutes } from '~/features/directory/routes'
import { publicRoutes } from '~/features/identity/routes'
import { live as inboxLive } from '~/features/inbox/live'
import { inboxRoutes } from '~/features/inbox/routes'
import { live as messagesLive } from '~/features/messages/live'
import { messagesRoutes } from '~/features/messages/routes'
import { operatorRoutes } from '~/features/operator/routes'
import { privacyRoutes } from '~/features/privacy/routes'
import { live as searchLive } from '~/features/search/live'
import { searchRoutes } from '~/features/search/routes'
import { live as settingsLive } from '~/features/settings/live'
import { settingsRoutes } from '~/features/settings/routes'
import { live as announcementsLive } from '~/shell/announcements'
import { live as applicationsLive } from '~/shell/applications'
import { live as brandLive } from '~/shell/brand'
import { toSignIn } from '~/shell/departure'
import { links } from '~/shell/links'
import { provideLiveMaps } from '~/shell/live'
import { rootRoute, shellRoute } from '~/shell/routes'
import { capabilities, homeOrganisation, readSession } from '~/shell/session'
import { ErrorPage, NotFoundPage, PendingPage } from '~/shell/ErrorPage'

provideLiveMaps([messagesLive, directoryLive, contactsLive, inboxLive, searchLive, settingsLive, adminLive, announcementsLive, applicationsLive, brandLive])

const MINUTE_MS = 60_000

/** A cache with this client's rules: what is kept is shown at once and read again when an event says so. */
export const newQueries = () =>
  new QueryClient({
    defaultOptions: {
      queries: {
        networkMode: 'always',
        staleTime: MINUTE_MS,
        gcTime: 30 * MINUTE_MS,
        refetchOnWindowFocus: false,
        retry: (failures, error) => failures < 2 && isUnreachable(error) && navigator.onLine,
      },
      mutations: { networkMode: 'always' },
    },
  })

export const queries = newQueries()

const startRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: async ({ context }) => {
    const signedIn = await readSession(context.queries)
    if (signedIn === null) {
      const server = await context.queries.ensureQueryData(capabilities())
      throw redirect({ href: server.set_up ? await toSignIn(context.queries) : links.setUp() })
    }
    const home = homeOrganisation(signedIn)
    if (signedIn.must.length > 0 || home === null) throw redirect({ href: links.welcome() })
    throw redirect({ href: links.organisation(home.slug) })
  },
})

export const routeTree = rootRoute.addChildren([startRoute, ...publicRoutes, ...operatorRoutes, ...privacyRoutes, cardRoute, shellRoute.addChildren([...messagesRoutes, ...directoryRoutes, ...contactsRoutes, ...inboxRoutes, ...announcementsRoutes, ...searchRoutes, ...settingsRoutes, ...adminRoutes])])

export const router = createRouter({
  routeTree,
  context: { queries },
  defaultPreload: false,
  defaultPendingMs: 300,
  defaultPendingComponent: PendingPage,
  defaultNotFoundComponent: NotFoundPage,
  defaultErrorComponent: ({ error, reset }) => <ErrorPage error={error} reset={reset} />,
  scrollRestoration: false,
})
