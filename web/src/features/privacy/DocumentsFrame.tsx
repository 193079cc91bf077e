/** The frame of the documents about data: which there are, and in which language. On paper only the document is left. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { PrivacyDocumentKind } from '~/api/types'
import { isLanguage } from '~/shell/language'
import { LanguageSwitch } from '~/shell/LanguageSwitch'
import { links } from '~/shell/links'
import { Link } from '~/ui/Link'
import { Logo } from '~/ui/Logo'
import { documents } from './queries'
import styles from './Documents.module.css'

export function DocumentsFrame({ current, children }: { current?: PrivacyDocumentKind; children: ReactNode }) {
  const { t, i18n } = useLingui()
  const listed = useQuery(documents(isLanguage(i18n.locale) ? i18n.locale : 'en')).data?.versions[0]?.documents ?? []
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <Logo size={28} tone="accent" />
        <span className="grow"><Link href={links.start()}><Trans>Tulou</Trans></Link></span>
        <LanguageSwitch />
      </header>
      <div className={styles.body}>
        <nav className={styles.nav} aria-label={t`Documents about data`}>
          <ul>
            {listed.map(({ kind, title }) => (
              <li key={kind}>
                <Link href={links.document(kind)} isQuiet={kind !== current} aria-current={kind === current ? 'page' : undefined}>{title}</Link>
              </li>
            ))}
            <li><Link href={links.documents()} isQuiet={current !== undefined} aria-current={current === undefined ? 'page' : undefined}><Trans>All versions</Trans></Link></li>
          </ul>
        </nav>
        <main className={styles.main}>{children}</main>
      </div>
    </div>
  )
}
