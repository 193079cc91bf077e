/** The console of whoever runs the installation: outside every organisation. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { rootRoute } from '~/shell/routes'

const console = createRoute({ getParentRoute: () => rootRoute, path: '/operator', component: lazyRouteComponent(() => import('./OperatorPage'), 'OperatorPage') })

export const operatorRoutes = [console]
