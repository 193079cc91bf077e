/** The directory: departments, the list of people, and the card of one beside it; and the departments as a chart. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { departments } from '~/shell/members'
import { shellRoute } from '~/shell/routes'

interface Search {
  department?: string
  q?: string
}

const page = createRoute({
  getParentRoute: () => shellRoute,
  path: 'people',
  validateSearch: (search: Record<string, unknown>): Search => ({
    ...(typeof search.department === 'string' ? { department: search.department } : {}),
    ...(typeof search.q === 'string' && search.q !== '' ? { q: search.q } : {}),
  }),
  loader: ({ context }) => context.queries.ensureQueryData(departments()),
  component: lazyRouteComponent(() => import('./PeoplePage'), 'PeoplePage'),
})

const card = createRoute({
  getParentRoute: () => page,
  path: '$member',
  component: lazyRouteComponent(() => import('./PersonCard'), 'PersonCard'),
})

const chart = createRoute({
  getParentRoute: () => shellRoute,
  path: 'people/chart',
  loader: ({ context }) => context.queries.ensureQueryData(departments()),
  component: lazyRouteComponent(() => import('./chart/ChartPage'), 'ChartPage'),
})

export const directoryRoutes = [page.addChildren([card]), chart]
