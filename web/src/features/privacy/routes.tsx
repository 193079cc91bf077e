/** Public pages about data. */
import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { links } from '~/shell/links'
import { rootRoute } from '~/shell/routes'

/** Where the statement was before there were other documents. */
const statement = createRoute({
  getParentRoute: () => rootRoute,
  path: '/statement',
  beforeLoad: () => {
    throw redirect({ href: links.statement() })
  },
})
const documents = createRoute({ getParentRoute: () => rootRoute, path: '/privacy', component: lazyRouteComponent(() => import('./DocumentsPage'), 'DocumentsPage') })
const document = createRoute({ getParentRoute: () => rootRoute, path: '/privacy/$kind', component: lazyRouteComponent(() => import('./DocumentPage'), 'DocumentPage') })
const older = createRoute({ getParentRoute: () => rootRoute, path: '/privacy/$kind/$version', component: lazyRouteComponent(() => import('./DocumentPage'), 'DocumentPage') })

const request = createRoute({
  getParentRoute: () => rootRoute,
  path: '/privacy/request',
  validateSearch: (search: Record<string, unknown>): { organisation?: string } => (typeof search.organisation === 'string' ? { organisation: search.organisation } : {}),
  component: lazyRouteComponent(() => import('./RequestPage'), 'RequestPage'),
})
const followed = createRoute({ getParentRoute: () => rootRoute, path: '/privacy/request/$token', component: lazyRouteComponent(() => import('./FollowPage'), 'FollowPage') })

export const privacyRoutes = [statement, documents, document, older, request, followed]
