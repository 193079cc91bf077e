/** People outside, and the page a contact code leads to. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { rootRoute, shellRoute } from '~/shell/routes'

const page = createRoute({
  getParentRoute: () => shellRoute,
  path: 'people/contacts',
  component: lazyRouteComponent(() => import('./ContactsPage'), 'ContactsPage'),
})

const card = createRoute({
  getParentRoute: () => page,
  path: '$contact',
  component: lazyRouteComponent(() => import('./ContactCard'), 'ContactCard'),
})

export const contactsRoutes = [page.addChildren([card])]

/** Outside of any organisation: whoever opens it may have none. */
export const cardRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/card/$code',
  component: lazyRouteComponent(() => import('./CodePage'), 'CodePage'),
})
