/** What the bell rings for. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '~/shell/routes'

const notifications = createRoute({
  getParentRoute: () => shellRoute,
  path: 'notifications',
  component: lazyRouteComponent(() => import('./NotificationsPage'), 'NotificationsPage'),
})

export const inboxRoutes = [notifications]
