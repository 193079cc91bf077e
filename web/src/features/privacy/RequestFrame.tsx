/** The frame of the public pages of a privacy request. */
import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { LanguageSwitch } from '~/shell/LanguageSwitch'
import { links } from '~/shell/links'
import { Link } from '~/ui/Link'
import { Logo } from '~/ui/Logo'
import styles from './RequestFrame.module.css'

export function RequestFrame({ children }: { children: ReactNode }) {
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <Logo size={28} tone="accent" />
        <span className="grow"><Link href={links.start()}><Trans>Tulou</Trans></Link></span>
        <LanguageSwitch />
      </header>
      <main className={styles.main}>{children}</main>
    </div>
  )
}
