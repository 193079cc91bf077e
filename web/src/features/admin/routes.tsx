/** Administration of the organisation; the layout shows who may see it. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { needConsoleTexts } from '~/shell/language'
import { shellRoute } from '~/shell/routes'
import { auditSearch } from './audit/filter'
import { mapSearch } from './dataMap/filter'
import { peopleSearch } from './people/filter'

const layout = createRoute({
  getParentRoute: () => shellRoute,
  path: 'admin',
  beforeLoad: needConsoleTexts,
  component: lazyRouteComponent(() => import('./AdminLayout'), 'AdminLayout'),
})

const pages = [
  createRoute({ getParentRoute: () => layout, path: '/', component: lazyRouteComponent(() => import('./AdminLayout'), 'AdminStart') }),
  createRoute({ getParentRoute: () => layout, path: 'overview', component: lazyRouteComponent(() => import('./overview/OverviewPage'), 'OverviewPage') }),
  createRoute({ getParentRoute: () => layout, path: 'people', validateSearch: peopleSearch, component: lazyRouteComponent(() => import('./people/AdminPeoplePage'), 'AdminPeoplePage') }),
  createRoute({ getParentRoute: () => layout, path: 'people/import', component: lazyRouteComponent(() => import('./imports/ImportPage'), 'ImportPage') }),
  createRoute({ getParentRoute: () => layout, path: 'people/import/$importId', component: lazyRouteComponent(() => import('./imports/ImportRunPage'), 'ImportRunPage') }),
  createRoute({ getParentRoute: () => layout, path: 'leavers', component: lazyRouteComponent(() => import('./leavers/LeaversPage'), 'LeaversPage') }),
  createRoute({ getParentRoute: () => layout, path: 'leavers/$memberId', component: lazyRouteComponent(() => import('./leavers/HandOverPage'), 'HandOverPage') }),
  createRoute({ getParentRoute: () => layout, path: 'invitations', component: lazyRouteComponent(() => import('./InvitationsPage'), 'InvitationsPage') }),
  createRoute({ getParentRoute: () => layout, path: 'organisation', component: lazyRouteComponent(() => import('./OrganisationPage'), 'OrganisationPage') }),
  createRoute({ getParentRoute: () => layout, path: 'applications', component: lazyRouteComponent(() => import('./applications/ApplicationsPage'), 'ApplicationsPage') }),
  createRoute({ getParentRoute: () => layout, path: 'departments', component: lazyRouteComponent(() => import('./DepartmentsPage'), 'DepartmentsPage') }),
  createRoute({ getParentRoute: () => layout, path: 'fields', component: lazyRouteComponent(() => import('./fields/FieldsPage'), 'FieldsPage') }),
  createRoute({ getParentRoute: () => layout, path: 'people-groups', component: lazyRouteComponent(() => import('./peopleGroups/PeopleGroupsPage'), 'PeopleGroupsPage') }),
  createRoute({ getParentRoute: () => layout, path: 'files', component: lazyRouteComponent(() => import('./files/FilesPage'), 'FilesPage') }),
  createRoute({ getParentRoute: () => layout, path: 'announcements', component: lazyRouteComponent(() => import('./announcements/AnnouncementsPage'), 'AnnouncementsPage') }),
  createRoute({ getParentRoute: () => layout, path: 'roles', component: lazyRouteComponent(() => import('./roles/RolesPage'), 'RolesPage') }),
  createRoute({ getParentRoute: () => layout, path: 'decisions', component: lazyRouteComponent(() => import('./acts/DecisionsPage'), 'DecisionsPage') }),
  createRoute({ getParentRoute: () => layout, path: 'workdays', component: lazyRouteComponent(() => import('./workdays/WorkdaysPage'), 'WorkdaysPage') }),
  createRoute({ getParentRoute: () => layout, path: 'requests', component: lazyRouteComponent(() => import('./requests/RequestsPage'), 'RequestsPage') }),
  createRoute({ getParentRoute: () => layout, path: 'peers', component: lazyRouteComponent(() => import('./peers/PeersPage'), 'PeersPage') }),
  createRoute({ getParentRoute: () => layout, path: 'tokens', component: lazyRouteComponent(() => import('./tokens/TokensPage'), 'TokensPage') }),
  createRoute({ getParentRoute: () => layout, path: 'audit', validateSearch: auditSearch, component: lazyRouteComponent(() => import('./audit/AuditPage'), 'AuditPage') }),
  createRoute({ getParentRoute: () => layout, path: 'retention', component: lazyRouteComponent(() => import('./retention/RetentionPage'), 'RetentionPage') }),
  createRoute({ getParentRoute: () => layout, path: 'data-map', validateSearch: mapSearch, component: lazyRouteComponent(() => import('./dataMap/DataMapPage'), 'DataMapPage') }),
  createRoute({ getParentRoute: () => layout, path: 'erasures', component: lazyRouteComponent(() => import('./erasures/ErasuresPage'), 'ErasuresPage') }),
  createRoute({ getParentRoute: () => layout, path: 'jobs', component: lazyRouteComponent(() => import('./JobsPage'), 'JobsPage') }),
  createRoute({ getParentRoute: () => layout, path: 'health', component: lazyRouteComponent(() => import('./HealthPage'), 'HealthPage') }),
]

export const adminRoutes = [layout.addChildren(pages)]
