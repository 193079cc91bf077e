/** Where contacts are switched off: what is there all the same, contact codes (QR-01) and the peers one may speak with (XORG-03). */
import { useLingui } from '@lingui/react/macro'
import { useIsPhone } from '~/lib/useMedia'
import { useIsOn } from '~/shell/applications'
import { DirectoryPhoneHead, DirectoryTabs } from '~/shell/DirectoryTabs'
import { Columns, SideHead } from '~/shell/Page'
import { PageTitle } from '~/shell/PageTitle'
import { usePeerContacts } from '~/shell/peerContacts'
import { SwitchedOff, SwitchedOffPage } from '~/shell/SwitchedOff'
import { Skeleton } from '~/ui/Skeleton'
import { CodeActs } from './CodeActs'
import { PeerOrganisations } from './PeerOrganisations'
import styles from './contacts.module.css'

export function WithoutContacts() {
  const { t } = useLingui()
  const isPhone = useIsPhone()
  const hasCodes = useIsOn()('contact_codes')
  const { found, hasNone: isAlone } = usePeerContacts()
  if (isAlone && !hasCodes) return <SwitchedOffPage />
  const acts = hasCodes && <div className={styles.acts} role="group" aria-label={t`What to do`}><CodeActs /></div>
  return (
    <>
      <PageTitle>{t`Contacts`}</PageTitle>
      <Columns
        size="list"
        phone="main"
        side={
          <>
            <SideHead title={t`Directory`} />
            <DirectoryTabs current="contacts" />
            {acts}
          </>
        }
      >
        {isPhone && <DirectoryPhoneHead current="contacts">{acts}</DirectoryPhoneHead>}
        <header className={styles.head}>{isPhone ? <h2 className="grow">{t`Contacts`}</h2> : <h1 className="grow">{t`Contacts`}</h1>}</header>
        {isAlone ? (
          <SwitchedOff level={2} />
        ) : found.isPending ? (
          <Skeleton rows={3} />
        ) : (
          <PeerOrganisations />
        )}
      </Columns>
    </>
  )
}
