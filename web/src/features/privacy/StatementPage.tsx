/** The privacy statement, readable by anybody, in the language of the interface. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { isLanguage } from '~/shell/language'
import { LanguageSwitch } from '~/shell/LanguageSwitch'
import { links } from '~/shell/links'
import { PublicTitle } from '~/shell/PageTitle'
import { QueryState } from '~/shell/QueryState'
import { statement } from '~/shell/statement'
import { StatementText } from '~/shell/StatementText'
import { Link } from '~/ui/Link'
import { Logo } from '~/ui/Logo'
import { Skeleton } from '~/ui/Skeleton'
import styles from './StatementPage.module.css'

export function StatementPage() {
  const { t, i18n } = useLingui()
  const found = useQuery(statement(isLanguage(i18n.locale) ? i18n.locale : 'en'))
  return (
    <div className={styles.page}>
      <PublicTitle>{t`Privacy statement`}</PublicTitle>
      <header className={styles.head}>
        <Logo size={28} tone="accent" />
        <span className="grow"><Link href={links.start()}><Trans>Tulou</Trans></Link></span>
        <LanguageSwitch />
      </header>
      <main className={styles.main}>
        <QueryState of={found} skeleton={<Skeleton kind="table" rows={8} />}>{(text) => <StatementText statement={text} />}</QueryState>
      </main>
    </div>
  )
}
