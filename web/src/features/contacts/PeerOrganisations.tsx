/** The organisations one may speak with, and whom each shows to ask for. Nothing of it is seen by whoever may not (XORG-03). */
import { Trans, useLingui } from '@lingui/react/macro'
import { Building2 } from 'lucide-react'
import { useId } from 'react'
import type { PeerToSpeakWith } from '~/api/types'
import { untwisted } from '~/lib/bidi'
import { organisationName } from '~/lib/names'
import { ErrorPart } from '~/shell/ErrorPage'
import { usePeerContacts } from '~/shell/peerContacts'
import { Icon } from '~/ui/Icon'
import { Link } from '~/ui/Link'
import styles from './contacts.module.css'

export function PeerOrganisations() {
  const { t } = useLingui()
  const title = useId()
  const { found, hasNone } = usePeerContacts()
  if (hasNone) return null
  if (found.data === undefined) return found.error === null ? null : <ErrorPart error={found.error} reset={() => void found.refetch()} />
  return (
    <section className={styles.peers} aria-labelledby={title}>
      <h2 id={title} className={styles.legend}>{t`Peer organisations`}</h2>
      <ul className={styles.peerList}>
        {found.data.items.map((peer) => <li key={peer.id}><Peer of={peer} /></li>)}
      </ul>
    </section>
  )
}

function Peer({ of }: { of: PeerToSpeakWith }) {
  const { i18n } = useLingui()
  const { contact } = of
  return (
    <div className={styles.peer}>
      <Icon icon={Building2} size={18} />
      <div className="grow">
        <bdi>{untwisted(organisationName(of, i18n.locale))}</bdi>
        <p className={styles.quiet}>
          {contact ? <bdi>{untwisted(contact.name)}</bdi> : <Trans>No contact is named.</Trans>}
          {contact?.phone && <> · <Link href={`tel:${contact.phone}`}>{contact.phone}</Link></>}
          {contact?.email && <> · <Link href={`mailto:${contact.email}`}>{contact.email}</Link></>}
        </p>
      </div>
    </div>
  )
}
