/** Navigation of the administration. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Navigate, Outlet, useLocation } from '@tanstack/react-router'
import { Activity, Building2, Files, ListChecks, MailPlus, Network, ScrollText, Users, type LucideIcon } from 'lucide-react'
import { useIsPhone } from '~/lib/useMedia'
import { links, type AdminPage } from '~/shell/links'
import { Columns, NavHeading, NavItem, SideHead } from '~/shell/Page'
import { PageTitle } from '~/shell/PageTitle'
import { useSlug } from '~/shell/routes'
import { isAdministrator, useOrganisation, useOrganisationName } from '~/shell/session'
import { NoAccess } from '~/ui/State'
import styles from './admin.module.css'

export function AdminLayout() {
  const { t } = useLingui()
  const slug = useSlug()
  const path = useLocation({ select: (place) => place.pathname })
  const organisation = useOrganisation()
  const name = useOrganisationName()
  if (organisation && !isAdministrator(organisation)) {
    return (
      <>
        <PageTitle>{t`Administration`}</PageTitle>
        <NoAccess level={1}><Trans>Ask an administrator of {name} if you need something changed.</Trans></NoAccess>
      </>
    )
  }
  const item = ([page, icon, label]: [AdminPage, LucideIcon, string]) => (
    <NavItem key={page} href={links.admin(slug, page)} icon={icon} isCurrent={path === links.admin(slug, page)}>
      {label}
    </NavItem>
  )
  const who: [AdminPage, LucideIcon, string][] = [
    ['people', Users, t`People`],
    ['invitations', MailPlus, t`Invitations`],
    ['departments', Network, t`Departments`],
    ['organisation', Building2, t`Organisation`],
    ['files', Files, t`Files`],
  ]
  const what: [AdminPage, LucideIcon, string][] = [
    ['audit', ScrollText, t`Audit log`],
    ['jobs', ListChecks, t`Jobs`],
    ['health', Activity, t`Health`],
  ]
  return (
    <Columns
      phone={/\/admin\/?$/.test(path) ? 'side' : 'main'}
      side={
        <nav className={styles.nav} aria-label={t`Administration`}>
          <SideHead title={t`Administration`} back={links.me(slug)} />
          {who.map(item)}
          <NavHeading><Trans>System</Trans></NavHeading>
          {what.map(item)}
        </nav>
      }
    >
      <Outlet />
    </Columns>
  )
}

export const adminStart = (slug: string) => `/o/${slug}/admin`

export function AdminStart() {
  const slug = useSlug()
  return useIsPhone() ? null : <Navigate to={links.admin(slug, 'people')} replace />
}
