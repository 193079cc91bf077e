/** The wall and the courtyard: the frame of every page inside an organisation. */
import { Trans } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Outlet } from '@tanstack/react-router'
import { useEffect } from 'react'
import { Asking } from './AskAdministrator'
import { CanAskContext } from './asking'
import { AnnouncementBanner } from './AnnouncementBanner'
import { setBadge } from './badges'
import { useAccent, useBrand } from './brand'
import { Finding } from './FindWays'
import { Frame } from './frame'
import { endedHints } from './hints'
import { LiveProvider } from './live'
import { OfflineBanner } from './OfflineBanner'
import { PageAnnouncer } from './PageAnnouncer'
import { Rail } from './Rail'
import { notificationCount } from './session'
import { SessionGuard } from './SessionGuard'
import { Shortcuts } from './Shortcuts'
import { TabBar } from './TabBar'
import { TopBar } from './TopBar'
import { UnsavedGuard } from './unsaved'
import { UpdateBanner } from './UpdateBanner'
import styles from './Shell.module.css'

export function Shell({ slug }: { slug: string }) {
  return (
    <LiveProvider key={slug} slug={slug}>
      <SessionGuard slug={slug} />
      <CanAskContext value>
        <Frame slug={slug}>
          <NotificationBadge />
          <EndedHints />
          <Accent />
          <Shortcuts />
          <Finding />
          <Asking slug={slug} />
          <PageAnnouncer />
          <UnsavedGuard />
          <div className={styles.wall}>
            <a href="#court" className={styles.skip}>
              <Trans>Skip to the content</Trans>
            </a>
            <TopBar slug={slug} />
            <Rail slug={slug} />
            <div className={styles.court}>
              <OfflineBanner />
              <UpdateBanner />
              <AnnouncementBanner slug={slug} />
              <main id="court" tabIndex={-1} className={styles.content}>
                <Outlet />
              </main>
            </div>
            <TabBar slug={slug} />
          </div>
        </Frame>
      </CanAskContext>
    </LiveProvider>
  )
}

/** Copies the server's count to the bell; nothing is drawn here. */
function NotificationBadge() {
  const unread = useQuery(notificationCount()).data?.unread ?? 0
  useEffect(() => setBadge('notifications', unread), [unread])
  return null
}

/** Reads which hints are over, and tells the server what it could not be told before; nothing is drawn here. */
function EndedHints() {
  useQuery(endedHints())
  return null
}

/** The organisation's own colour, from the frame down; nothing is drawn here. */
function Accent() {
  useAccent(useBrand()?.accent)
  return null
}
