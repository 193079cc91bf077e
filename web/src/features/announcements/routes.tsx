/** What the organisation announces to one. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '~/shell/routes'

const announcements = createRoute({
  getParentRoute: () => shellRoute,
  path: 'announcements',
  component: lazyRouteComponent(() => import('./AnnouncementsPage'), 'AnnouncementsPage'),
})

export const announcementsRoutes = [announcements]
