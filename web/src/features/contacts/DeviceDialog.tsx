/** Contacts out of the device's own chooser, which does not open before a consent is recorded (DIR-06). */
import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call, keyOf, markStale } from '~/api/client'
import { useProblemText } from '~/api/problems'
import type { ContactKind } from '~/api/types'
import { ConsentDialog } from '~/shell/ConsentDialog'
import { consents } from '~/shell/consents'
import { QueryState } from '~/shell/QueryState'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Dialog } from '~/ui/Dialog'
import { PrivacyLine } from '~/ui/PrivacyLine'
import { Segmented } from '~/ui/Segmented'
import { toast } from '~/ui/toast'
import { pickContacts } from './device'
import { Problems } from './Problems'
import { useKindNames } from './words'
import styles from './contacts.module.css'

/** As the data map calls what this rests on. */
const PURPOSE = 'contacts.read_device_book'

export function DeviceDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui()
  const queries = useQueryClient()
  const textOf = useProblemText()
  const kinds = useKindNames()
  const asked = useQuery(consents())
  const consent = asked.data?.items.find((one) => one.purpose === PURPOSE)
  const isAsked = consent !== undefined && consent.state !== 'given'
  const [kind, setKind] = useState<ContactKind>('external')
  const bring = useMutation({
    mutationFn: async () => {
      const contacts = await pickContacts()
      if (contacts.length === 0) return null
      return call('post', '/v1/contacts/device/import', { body: { kind, contacts } })
    },
    onSuccess: async (done) => {
      await markStale(queries, [keyOf('/v1/contacts')])
      if (done === null) return
      toast(plural(done.new_count, { one: '# contact added', other: '# contacts added' }))
      if (done.problems.length === 0) onClose()
    },
  })
  // What opens the chooser is not there before one agreed, nor after one took it back in another window.
  if (isAsked) return <ConsentDialog of={consent} way="sheet" onClose={onClose} onAgreed={() => undefined} />
  return (
    <Dialog
      title={t`Contacts from this device`}
      isOpen
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}><Trans>Not now</Trans></Button>
          <Button variant="primary" isDisabled={consent === undefined} isPending={bring.isPending} onPress={() => bring.mutate()}>
            <Trans>Choose contacts</Trans>
          </Button>
        </>
      }
    >
      <QueryState of={asked}>
        {() => (
          <div className={styles.form}>
            <p><Trans>Your device opens its own list. Tulou gets the names, numbers and e-mail addresses of those you pick there, and nothing of the others.</Trans></p>
            <Segmented label={t`Kind`} value={kind} onChange={setKind} views={[{ id: 'external', label: kinds.external }, { id: 'customer', label: kinds.customer }]} />
            <PrivacyLine seenBy={t`Only you, until you share them`} keptFor={t`While you are a member, or until you delete them`} />
            {bring.error !== null && <Banner tone="bad" isAlert>{textOf(bring.error)}</Banner>}
            {bring.data && bring.data.problems.length > 0 && <Problems problems={bring.data.problems} isPartial />}
          </div>
        )}
      </QueryState>
    </Dialog>
  )
}
