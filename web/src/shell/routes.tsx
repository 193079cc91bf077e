/** The two routes everything hangs on: the root, and the organisation whose pages are open. */
import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, notFound, redirect } from '@tanstack/react-router'
import { setOrganisation } from '~/api/client'
import { applications } from './applications'
import { byeOf, forget, toSignIn } from './departure'
import { ErrorPage, NotFoundPage } from './ErrorPage'
import { links } from './links'
import { Root } from './Root'
import { isShut, me, organisation, readSession, rememberOrganisation } from './session'
import { Shell } from './Shell'

export interface RouterContext {
  queries: QueryClient
}

export const rootRoute = createRootRouteWithContext<RouterContext>()({
  component: Root,
  notFoundComponent: NotFoundPage,
  errorComponent: ({ error, reset }) => <ErrorPage error={error} reset={reset} />,
})

export const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/o/$slug',
  beforeLoad: async ({ context, params, location }) => {
    const signedIn = await readSession(context.queries)
    if (signedIn === null) throw redirect({ href: await toSignIn(context.queries, location.href) })
    if (signedIn.must.length > 0) throw redirect({ href: links.welcome() })
    const place = signedIn.organisations.find((one) => one.slug === params.slug)
    if (place === undefined) throw notFound()
    if (place.state === 'invited') throw redirect({ href: links.invitations() })
    const bye = byeOf(place.state)
    if (bye !== undefined) {
      await forget(context.queries)
      throw redirect({ href: links.signIn(undefined, bye) })
    }
    if (isShut(place)) throw redirect({ href: links.suspended(params.slug) })
    setOrganisation(params.slug)
    rememberOrganisation(params.slug)
  },
  loader: async ({ context }) => {
    const { queries } = context
    await Promise.all([
      queries.ensureQueryData({ ...organisation(), revalidateIfStale: true }),
      queries.ensureQueryData({ ...me(), revalidateIfStale: true }),
      // Without the answer everything is drawn, and the server refuses what is off.
      queries.ensureQueryData({ ...applications(), revalidateIfStale: true }).catch(() => undefined),
    ])
  },
  notFoundComponent: NotFoundPage,
  component: function ShellPage() {
    return <Shell slug={shellRoute.useParams().slug} />
  },
})

/** The organisation in the address. */
export const useSlug = () => shellRoute.useParams().slug
