/** The page of everything that was found: its whole state is its address. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '~/shell/routes'
import { searchOf } from './query/address'

const page = createRoute({
  getParentRoute: () => shellRoute,
  path: 'search',
  validateSearch: searchOf,
  component: lazyRouteComponent(() => import('./page/SearchPage'), 'SearchPage'),
})

export const searchRoutes = [page]
