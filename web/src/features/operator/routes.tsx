/** The console of whoever runs the installation: outside every organisation. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { needConsoleTexts } from '~/shell/language'
import { rootRoute } from '~/shell/routes'

const console = createRoute({ getParentRoute: () => rootRoute, path: '/operator', beforeLoad: needConsoleTexts, component: lazyRouteComponent(() => import('./OperatorPage'), 'OperatorPage') })

export const operatorRoutes = [console]
