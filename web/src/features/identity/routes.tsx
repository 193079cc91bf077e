/** Pages before there is an organisation: set-up, signing in, joining, and what must be done first. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { rootRoute } from '~/shell/routes'
import { capabilities } from '~/shell/session'

const signIn = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>) => ({
    next: typeof search.next === 'string' ? search.next : undefined,
    bye: typeof search.bye === 'string' ? search.bye : undefined,
    organisation: typeof search.organisation === 'string' ? search.organisation : undefined,
  }),
  component: lazyRouteComponent(() => import('./SignInPage'), 'SignInPage'),
})

const setUp = createRoute({
  getParentRoute: () => rootRoute,
  path: '/setup',
  // What it asks for first depends on whether there is an organisation.
  loader: ({ context }) => context.queries.ensureQueryData(capabilities()),
  component: lazyRouteComponent(() => import('./SetUpPage'), 'SetUpPage'),
})
const join = createRoute({ getParentRoute: () => rootRoute, path: '/join/$token', component: lazyRouteComponent(() => import('./JoinPage'), 'JoinPage') })
const welcome = createRoute({ getParentRoute: () => rootRoute, path: '/welcome', component: lazyRouteComponent(() => import('./WelcomePage'), 'WelcomePage') })

const invitations = createRoute({ getParentRoute: () => rootRoute, path: '/invitations', component: lazyRouteComponent(() => import('./InvitationsPage'), 'InvitationsPage') })
const suspended = createRoute({
  getParentRoute: () => rootRoute,
  path: '/suspended',
  validateSearch: (search: Record<string, unknown>): { organisation?: string } => (typeof search.organisation === 'string' ? { organisation: search.organisation } : {}),
  component: lazyRouteComponent(() => import('./SuspendedPage'), 'SuspendedPage'),
})

export const publicRoutes = [signIn, setUp, join, welcome, invitations, suspended]
