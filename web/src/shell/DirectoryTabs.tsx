/** The two halves of the directory: colleagues, and people outside. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Link } from 'react-aria-components'
import styles from './DirectoryTabs.module.css'
import { links } from './links'
import { useSlug } from './routes'
import { useCapabilities } from './session'

export function DirectoryTabs({ current }: { current: 'people' | 'contacts' }) {
  const { t } = useLingui()
  const slug = useSlug()
  const modules = useCapabilities()?.modules
  if (modules !== undefined && !modules.includes('contacts')) return null
  return (
    <nav className={styles.tabs} aria-label={t`Parts of the directory`}>
      <Link className={styles.tab} href={links.people(slug)} aria-current={current === 'people' ? 'page' : undefined}>
        <Trans>Colleagues</Trans>
      </Link>
      <Link className={styles.tab} href={links.contacts(slug)} aria-current={current === 'contacts' ? 'page' : undefined}>
        <Trans>Contacts</Trans>
      </Link>
    </nav>
  )
}
