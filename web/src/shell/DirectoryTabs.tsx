/** The two halves of the directory: colleagues, and people outside. */
import { Trans, useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { Link } from 'react-aria-components'
import styles from './DirectoryTabs.module.css'
import { useIsOn } from './applications'
import { FindButton } from './FindWays'
import { links } from './links'
import { usePeerContacts } from './peerContacts'
import { useSlug } from './routes'
import { useCapabilities } from './session'

type Half = 'people' | 'contacts'

export function DirectoryTabs({ current }: { current: Half }) {
  const { t } = useLingui()
  const slug = useSlug()
  const modules = useCapabilities()?.modules
  const isOn = useIsOn()
  // Contact codes stand on the page of the contacts, and are an application of their own.
  const hasContacts = (modules === undefined || modules.includes('contacts')) && (isOn('contacts') || isOn('contact_codes'))
  // Peers have a list of their own: whoever may speak with them finds them there without contacts too.
  const peers = usePeerContacts(!hasContacts)
  if (!hasContacts && (peers.found.data === undefined || peers.hasNone)) return null
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

/** What stands above a half of the directory on a phone, where there is no column beside it. */
export function DirectoryPhoneHead({ current, children }: { current: Half; children: ReactNode }) {
  const { t } = useLingui()
  return (
    <div className={styles.phoneHead}>
      <div className={styles.phoneTitle}>
        <h1 className="grow">{t`Directory`}</h1>
        <FindButton />
      </div>
      <DirectoryTabs current={current} />
      {children}
    </div>
  )
}
