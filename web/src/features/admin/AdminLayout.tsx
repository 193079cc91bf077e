/** Navigation of the administration. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Navigate, Outlet, useLocation } from '@tanstack/react-router'
import { Activity, Blocks, Building2, CalendarDays, Eraser, Files, Gavel, HandHelping, Handshake, Hourglass, KeyRound, LayoutDashboard, ListChecks, MailPlus, Megaphone, MessageCircleQuestionMark, Network, ScrollText, ShieldCheck, TextCursorInput, Users, UsersRound, Workflow, type LucideIcon } from 'lucide-react'
import { Fragment } from 'react'
import { useIsPhone } from '~/lib/useMedia'
import { AskAdministrator } from '~/shell/AskAdministrator'
import { links, type AdminPage } from '~/shell/links'
import { Columns, NavHeading, NavItem, SideHead } from '~/shell/Page'
import { PageTitle } from '~/shell/PageTitle'
import { useSlug } from '~/shell/routes'
import { useAdministration, useMe, useOpened, useOrganisationName } from '~/shell/session'
import { Badge } from '~/ui/Badge'
import { NoAccess } from '~/ui/State'
import styles from './admin.module.css'
import { useDriftWords } from './dataMap/useDriftWords'
import { drifts } from './queries'

export function AdminLayout() {
  const { t } = useLingui()
  const slug = useSlug()
  const path = useLocation({ select: (place) => place.pathname })
  const me = useMe()
  const isOpened = useOpened()
  const start = useAdministration()
  const name = useOrganisationName()
  const { count } = useDriftWords()
  const otherwise = useQuery({ ...drifts(), enabled: isOpened('data-map') }).data?.drifts.length ?? 0
  if (me && start === null) {
    return (
      <>
        <PageTitle>{t`Administration`}</PageTitle>
        <NoAccess level={1} action={<AskAdministrator topic="access" />}><Trans>Ask an administrator of {name} if you need something changed.</Trans></NoAccess>
      </>
    )
  }
  // What lies below a page belongs to it.
  const isAt = (href: string) => path === href || path.startsWith(`${href}/`)
  const item = ([page, icon, label]: [AdminPage, LucideIcon, string]) => (
    <NavItem key={page} href={links.admin(slug, page)} icon={icon} isCurrent={isAt(links.admin(slug, page))} {...(page === 'data-map' && otherwise > 0 && { end: <Badge isBad count={otherwise} label={count(otherwise)} /> })}>
      {label}
    </NavItem>
  )
  const who: [AdminPage, LucideIcon, string][] = [
    ['overview', LayoutDashboard, t`Overview`],
    ['people', Users, t`People`],
    ['leavers', HandHelping, t`Hand-over`],
    ['invitations', MailPlus, t`Invitations`],
    ['departments', Network, t`Departments`],
    ['people-groups', UsersRound, t`Directory groups`],
    ['fields', TextCursorInput, t`Fields`],
    ['roles', ShieldCheck, t`Roles`],
    ['decisions', Gavel, t`Decisions`],
  ]
  const house: [AdminPage, LucideIcon, string][] = [
    ['organisation', Building2, t`Organisation`],
    ['applications', Blocks, t`Applications`],
    ['files', Files, t`Files`],
    ['announcements', Megaphone, t`Announcements`],
    ['workdays', CalendarDays, t`Working days`],
    ['peers', Handshake, t`Peer organisations`],
    ['tokens', KeyRound, t`Service tokens`],
  ]
  const data: [AdminPage, LucideIcon, string][] = [
    ['retention', Hourglass, t`Retention`],
    ['requests', MessageCircleQuestionMark, t`Privacy requests`],
    ['audit', ScrollText, t`Audit log`],
    ['data-map', Workflow, t`Data map`],
    ['erasures', Eraser, t`Erasures`],
  ]
  const system: [AdminPage, LucideIcon, string][] = [
    ['jobs', ListChecks, t`Jobs`],
    ['health', Activity, t`Health`],
  ]
  // One group below the other; of those in which nothing is open to one, nothing is shown.
  const groups = [{ heading: null, pages: who }, { heading: t`Settings`, pages: house }, { heading: t`Data and privacy`, pages: data }, { heading: t`System`, pages: system }]
  const shown = groups.map(({ heading, pages }) => ({ heading, pages: pages.filter(([page]) => isOpened(page)) })).filter(({ pages }) => pages.length > 0)
  return (
    <Columns
      phone={/\/admin\/?$/.test(path) ? 'side' : 'main'}
      side={
        <nav className={styles.nav} aria-label={t`Administration`}>
          <SideHead title={t`Administration`} back={links.me(slug)} />
          {shown.map(({ heading, pages }) => (
            <Fragment key={heading ?? ''}>
              {heading !== null && <NavHeading>{heading}</NavHeading>}
              {pages.map(item)}
            </Fragment>
          ))}
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
  const start = useAdministration()
  return useIsPhone() || start === null ? null : <Navigate to={links.admin(slug, start)} replace />
}
