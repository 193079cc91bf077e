/** The frame of the pages outside an organisation: the wall with the round house, and one light panel. */
import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { useCapabilities } from '~/shell/session'
import { LanguageSwitch } from '~/shell/LanguageSwitch'
import { links } from '~/shell/links'
import { Link } from '~/ui/Link'
import { Logo } from '~/ui/Logo'
import { RingHero } from './RingHero'
import styles from './PublicFrame.module.css'

export function PublicFrame({ children, note }: { children: ReactNode; note?: ReactNode }) {
  const version = useCapabilities()?.version
  return (
    <div className={styles.frame}>
      <aside className={styles.hero}>
        <RingHero />
        <div className={styles.brand}>
          <Logo size={34} />
          <Trans>Tulou</Trans>
        </div>
        <div className={styles.say}>
          <p className={styles.line}>
            <Trans>
              One roof, one family.
              <br />
              Thick walls, open hearts.
            </Trans>
          </p>
          <p className={styles.lead}>
            <Trans>Your messages and your directory stay inside your organisation's own walls. Who sees them and how long they are kept is written next to them.</Trans>
          </p>
        </div>
      </aside>
      <main className={styles.panel}>
        <div className={styles.top}>
          <span className={styles.small}>
            <Logo size={28} tone="accent" />
          </span>
          <LanguageSwitch />
        </div>
        <div className={styles.content}>{children}</div>
        <footer className={styles.foot}>
          <span>{note}</span>
          <span>
            <Link href={links.statement()}><Trans>Privacy statement</Trans></Link> · <Link href={links.privacyRequest()}><Trans>Privacy request</Trans></Link>
          </span>
          <span>{version !== undefined && <Trans>Tulou {version} · open source</Trans>}</span>
        </footer>
      </main>
    </div>
  )
}
