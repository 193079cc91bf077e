/** Navigation of my settings. On a phone it is the page "Me", with the way to other organisations and out. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Navigate, Outlet, useLocation } from '@tanstack/react-router'
import { Bell, BookUser, Building2, Cookie, FileSearch, LogOut, MessageCircleQuestionMark, MonitorSmartphone, Palette, Settings2, ShieldCheck, UserRound, type LucideIcon } from 'lucide-react'
import { Button as AriaButton } from 'react-aria-components'
import { organisationName } from '~/lib/names'
import { useIsPhone } from '~/lib/useMedia'
import { useIsOn } from '~/shell/applications'
import { askAdministrator } from '~/shell/asking'
import { links, type SettingsPage } from '~/shell/links'
import { MemberAvatar } from '~/shell/MemberAvatar'
import { Columns, NavHeading, NavItem } from '~/shell/Page'
import { useSlug } from '~/shell/routes'
import { isOpen, useAdministration, useMe, useOrganisationName, useSession, useSignOut } from '~/shell/session'
import { Icon } from '~/ui/Icon'
import styles from './settings.module.css'

export function SettingsLayout() {
  const { t } = useLingui()
  const slug = useSlug()
  const me = useMe()
  const path = useLocation({ select: (place) => place.pathname })
  const isOn = useIsOn()
  const isStart = /\/settings\/?$/.test(path)
  const pages: [SettingsPage, LucideIcon, string][] = [
    ['profile', UserRound, t`Profile`],
    ['notifications', Bell, t`Notifications`],
    ['appearance', Palette, t`Look and language`],
    ['devices', MonitorSmartphone, t`Devices and sign-ins`],
    ['address-books', BookUser, t`Address books`],
  ]
  const about: [SettingsPage, LucideIcon, string][] = [
    ['data', FileSearch, t`Data about me`],
    ['privacy', ShieldCheck, t`Privacy statement`],
    ['cookies', Cookie, t`Cookies`],
  ]
  const item = ([page, icon, label]: [SettingsPage, LucideIcon, string]) => (
    <NavItem key={page} href={links.settings(slug, page)} icon={icon} isCurrent={path === links.settings(slug, page)}>
      {label}
    </NavItem>
  )
  return (
    <Columns
      phone={isStart ? 'side' : 'main'}
      side={
        <nav className={styles.nav} aria-label={t`Settings`}>
          {me && (
            <div className={styles.me}>
              <MemberAvatar member={me} size={40} />
              <div className="grow">
                <div className={`${styles.name} ellipsis`}>{me.name}</div>
                <div className={`${styles.position} ellipsis`}>{me.position}</div>
              </div>
            </div>
          )}
          {pages.filter(([page]) => page !== 'address-books' || isOn('address_books')).map(item)}
          <PhoneAdministration />
          <NavHeading><Trans>My data</Trans></NavHeading>
          {about.map(item)}
          <PhoneWays />
        </nav>
      }
    >
      <Outlet />
    </Columns>
  )
}

/** What the rail offers on a desk. */
function PhoneAdministration() {
  const slug = useSlug()
  const administration = useAdministration()
  if (administration === null) return null
  return (
    <div className={styles.phone}>
      <NavItem href={links.admin(slug, administration)} icon={Settings2} isCurrent={false}>
        <Trans>Administration</Trans>
      </NavItem>
    </div>
  )
}

/** What the top bar offers on a desk: to whom one asks, to other organisations, and out. */
function PhoneWays() {
  const { t, i18n } = useLingui()
  const slug = useSlug()
  const signOut = useSignOut()
  const session = useSession()
  const here = useOrganisationName()
  const others = (session?.organisations ?? []).filter((place) => place.slug !== slug && (isOpen(place) || place.state === 'invited'))
  return (
    <div className={styles.phone}>
      <AriaButton className={styles.ask} onPress={() => askAdministrator()}>
        <Icon icon={MessageCircleQuestionMark} />
        <Trans>Ask my administrator</Trans>
      </AriaButton>
      {others.length > 0 && (
        <>
          <NavHeading><Trans>Your organisation</Trans></NavHeading>
          <p className={styles.here}><Icon icon={Building2} /><span className="ellipsis">{here}</span></p>
        </>
      )}
      {others.length > 0 && <NavHeading><Trans>Other organisations</Trans></NavHeading>}
      {others.map((place) => (
        <NavItem key={place.id} href={place.state === 'invited' ? links.invitations() : links.organisation(place.slug)} icon={Building2} isCurrent={false}>
          {organisationName(place, i18n.locale)}
          {place.state === 'invited' && <small> · <Trans>Invited</Trans></small>}
        </NavItem>
      ))}
      <NavHeading>{t`This device`}</NavHeading>
      <AriaButton className={styles.out} onPress={() => signOut.mutate()}>
        <Icon icon={LogOut} />
        <Trans>Sign out</Trans>
      </AriaButton>
    </div>
  )
}

/** On a desk the settings begin with the profile; a phone shows the list first. */
export function SettingsStart() {
  const slug = useSlug()
  return useIsPhone() ? null : <Navigate to={links.settings(slug, 'profile')} replace />
}
