/** The modules of the phone, along the bottom edge. Hidden inside a conversation. */
import { useLingui } from '@lingui/react/macro'
import { useLocation } from '@tanstack/react-router'
import { Bell, UserRound, type LucideIcon } from 'lucide-react'
import { Link } from 'react-aria-components'
import { Icon } from '~/ui/Icon'
import { useBadges } from './badges'
import { links } from './links'
import { useModules } from './modules'
import styles from './TabBar.module.css'

interface Tab {
  id: string
  label: string
  icon: LucideIcon
  href: string
  path: string
  badge: number
}

/** Administration is reached from "Me" on a phone. */
const isIn = (tab: Tab, path: string) => path.startsWith(tab.path) || (tab.id === 'me' && path.includes('/admin'))

export function TabBar({ slug }: { slug: string }) {
  const { t, i18n } = useLingui()
  const notifications = useBadges((badges) => badges.notifications)
  const path = useLocation({ select: (place) => place.pathname })
  const modules = useModules(slug)
  const tabs: Tab[] = [
    ...modules.filter((module) => module.isLast !== true).map((module) => ({ ...module, label: i18n._(module.label) })),
    { id: 'notifications', label: t`Notifications`, icon: Bell, href: links.notifications(slug), path: links.notifications(slug), badge: notifications },
    { id: 'me', label: t`Me`, icon: UserRound, href: links.me(slug), path: `/o/${slug}/settings`, badge: 0 },
  ]
  if (/\/messages\/[^/]+/.test(path)) return null
  return (
    <nav className={styles.bar} aria-label={t`Modules`}>
      {tabs.map((tab) => (
        <Link key={tab.id} href={tab.href} className={styles.tab} aria-current={isIn(tab, path) ? 'page' : undefined}>
          <Icon icon={tab.icon} size={24} />
          <span>{tab.label}</span>
          {tab.badge > 0 && (
            <b className={styles.badge}>
              <span aria-hidden="true">{tab.badge > 99 ? '99+' : tab.badge}</span>
              <Unread of={tab.badge} />
            </b>
          )}
        </Link>
      ))}
    </nav>
  )
}

function Unread({ of }: { of: number }) {
  const { t, i18n } = useLingui()
  const count = i18n.number(of)
  return <span className="hidden-visually">{t`${count} unread`}</span>
}
