/** Customers and other people outside: one's own and shared ones, found by name, pinyin, company or number. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Outlet, useParams } from '@tanstack/react-router'
import { BookUser, Download, Upload, UserPlus } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { useProblemText } from '~/api/problems'
import type { ContactKind } from '~/api/types'
import { saveFile } from '~/lib/saveFile'
import { useIsPhone } from '~/lib/useMedia'
import { useIsOn } from '~/shell/applications'
import { DirectoryPhoneHead, DirectoryTabs } from '~/shell/DirectoryTabs'
import { Columns, SideHead } from '~/shell/Page'
import { PageTitle } from '~/shell/PageTitle'
import { Button } from '~/ui/Button'
import { SearchField } from '~/ui/SearchField'
import { Segmented } from '~/ui/Segmented'
import { toast } from '~/ui/toast'
import { CodeActs } from './CodeActs'
import { ContactDialog } from './ContactDialog'
import { ContactList } from './ContactList'
import { hasDeviceBook } from './device'
import { DeviceDialog } from './DeviceDialog'
import { ImportDialog } from './ImportDialog'
import { PeerOrganisations } from './PeerOrganisations'
import { exportFile } from './queries'
import { WithoutContacts } from './WithoutContacts'
import styles from './contacts.module.css'

type Asking = 'new' | 'import' | 'device'

export function ContactsPage() {
  const isOn = useIsOn()
  return isOn('contacts') ? <Contacts /> : <WithoutContacts />
}

function Contacts() {
  const { t } = useLingui()
  const isPhone = useIsPhone()
  const { contact } = useParams({ strict: false })
  const [typed, setTyped] = useState('')
  const [kind, setKind] = useState<ContactKind | 'all'>('all')
  const [asking, setAsking] = useState<Asking | null>(null)
  const wanted = useDeferredValue(typed.trim())
  const close = () => setAsking(null)
  const field = <SearchField label={t`Search contacts`} placeholder={t`Name, pinyin, company, number`} value={typed} onChange={setTyped} />
  return (
    <>
      <PageTitle>{t`Contacts`}</PageTitle>
      <Columns
        size="list"
        phone={contact === undefined ? 'main' : 'aside'}
        aside={contact === undefined ? undefined : <Outlet />}
        side={
          <>
            <SideHead title={t`Directory`} />
            <DirectoryTabs current="contacts" />
            <div className={styles.search}>{field}</div>
            <Acts onAsk={setAsking} />
          </>
        }
      >
        {isPhone && (
          <DirectoryPhoneHead current="contacts">
            {field}
            <Acts onAsk={setAsking} />
          </DirectoryPhoneHead>
        )}
        <header className={styles.head}>
          {isPhone ? <h2 className="grow">{t`Contacts`}</h2> : <h1 className="grow">{t`Contacts`}</h1>}
          <Segmented
            label={t`Which contacts`}
            value={kind}
            onChange={setKind}
            views={[
              { id: 'all', label: t`All` },
              { id: 'customer', label: t`Customers` },
              { id: 'external', label: t`Others outside` },
            ]}
          />
        </header>
        <PeerOrganisations />
        <ContactList filter={{ query: wanted === '' ? undefined : wanted, kind: kind === 'all' ? undefined : kind }} current={contact} />
      </Columns>
      {asking === 'new' && <ContactDialog onClose={close} />}
      {asking === 'import' && <ImportDialog onClose={close} />}
      {asking === 'device' && <DeviceDialog onClose={close} />}
    </>
  )
}

function Acts({ onAsk }: { onAsk: (asking: Asking) => void }) {
  const { t } = useLingui()
  const textOf = useProblemText()
  const [isBusy, setBusy] = useState(false)
  const save = () => {
    setBusy(true)
    exportFile()
      .then((file) => saveFile(file, 'contacts.vcf'))
      .catch((error: unknown) => toast(textOf(error), { tone: 'bad' }))
      .finally(() => setBusy(false))
  }
  return (
    <div className={styles.acts} role="group" aria-label={t`What to do`}>
      <Button variant="primary" icon={UserPlus} onPress={() => onAsk('new')}><Trans>New contact</Trans></Button>
      {hasDeviceBook() && <Button icon={BookUser} onPress={() => onAsk('device')}><Trans>From this device</Trans></Button>}
      <Button icon={Upload} onPress={() => onAsk('import')}><Trans>Import vCards</Trans></Button>
      <Button icon={Download} isPending={isBusy} onPress={save}><Trans>Export</Trans></Button>
      <CodeActs />
    </div>
  )
}
