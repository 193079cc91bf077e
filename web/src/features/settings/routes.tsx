/** My settings, one page a subject. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '~/shell/routes'

const layout = createRoute({
  getParentRoute: () => shellRoute,
  path: 'settings',
  component: lazyRouteComponent(() => import('./SettingsLayout'), 'SettingsLayout'),
})

const pages = [
  createRoute({ getParentRoute: () => layout, path: '/', component: lazyRouteComponent(() => import('./SettingsLayout'), 'SettingsStart') }),
  createRoute({ getParentRoute: () => layout, path: 'profile', component: lazyRouteComponent(() => import('./ProfilePage'), 'ProfilePage') }),
  createRoute({ getParentRoute: () => layout, path: 'devices', component: lazyRouteComponent(() => import('./DevicesPage'), 'DevicesPage') }),
  createRoute({ getParentRoute: () => layout, path: 'address-books', component: lazyRouteComponent(() => import('./AddressBooksPage'), 'AddressBooksPage') }),
  createRoute({ getParentRoute: () => layout, path: 'notifications', component: lazyRouteComponent(() => import('./NotificationSettingsPage'), 'NotificationSettingsPage') }),
  createRoute({ getParentRoute: () => layout, path: 'appearance', component: lazyRouteComponent(() => import('./AppearancePage'), 'AppearancePage') }),
  createRoute({ getParentRoute: () => layout, path: 'cookies', component: lazyRouteComponent(() => import('./CookiesPage'), 'CookiesPage') }),
  createRoute({ getParentRoute: () => layout, path: 'data', component: lazyRouteComponent(() => import('./data/DataPage'), 'DataPage') }),
  createRoute({ getParentRoute: () => layout, path: 'privacy', component: lazyRouteComponent(() => import('./PrivacyPage'), 'PrivacyPage') }),
]

export const settingsRoutes = [layout.addChildren(pages)]
