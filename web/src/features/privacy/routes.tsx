/** Public pages about data. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { rootRoute } from '~/shell/routes'

const statement = createRoute({ getParentRoute: () => rootRoute, path: '/statement', component: lazyRouteComponent(() => import('./StatementPage'), 'StatementPage') })

export const privacyRoutes = [statement]
