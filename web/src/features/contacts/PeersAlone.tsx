/** Where contacts are switched off: the peer organisations all the same, for whoever may speak with them (XORG-03). */
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { hasStatus } from '~/api/error'
import { useIsPhone } from '~/lib/useMedia'
import { DirectoryPhoneHead, DirectoryTabs } from '~/shell/DirectoryTabs'
import { Columns, SideHead } from '~/shell/Page'
import { PageTitle } from '~/shell/PageTitle'
import { peerContacts } from '~/shell/peerContacts'
import { SwitchedOffPage } from '~/shell/SwitchedOff'
import { Skeleton } from '~/ui/Skeleton'
import { PeerOrganisations } from './PeerOrganisations'
import styles from './contacts.module.css'

export function PeersAlone() {
  const { t } = useLingui()
  const isPhone = useIsPhone()
  const found = useQuery(peerContacts())
  if (hasStatus(found.error, 404) || found.data?.items.length === 0) return <SwitchedOffPage />
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
          </>
        }
      >
        {isPhone && <DirectoryPhoneHead current="contacts">{null}</DirectoryPhoneHead>}
        <header className={styles.head}>{isPhone ? <h2 className="grow">{t`Contacts`}</h2> : <h1 className="grow">{t`Contacts`}</h1>}</header>
        {found.isPending ? <Skeleton rows={3} /> : <PeerOrganisations />}
      </Columns>
    </>
  )
}
