/** Before the device's own chooser opens: what happens with what is picked, and a consent that is recorded (DIR-06). */
import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call, keyOf, markStale } from '~/api/client'
import { useProblemText } from '~/api/problems'
import type { ContactKind } from '~/api/types'
import { QueryState } from '~/shell/QueryState'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Dialog } from '~/ui/Dialog'
import { PrivacyLine } from '~/ui/PrivacyLine'
import { Segmented } from '~/ui/Segmented'
import { toast } from '~/ui/toast'
import { pickContacts } from './device'
import { Problems } from './Problems'
import { deviceConsent } from './queries'
import { useKindNames } from './words'
import styles from './contacts.module.css'

export function DeviceDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui()
  const queries = useQueryClient()
  const textOf = useProblemText()
  const kinds = useKindNames()
  const consent = useQuery(deviceConsent())
  const [kind, setKind] = useState<ContactKind>('external')
  const bring = useMutation({
    mutationFn: async () => {
      // The consent first: without it the device's list is not opened.
      if (consent.data?.is_given !== true) {
        await call('put', '/v1/contacts/device/consent', { body: { text_version: consent.data?.text_version ?? '' } })
      }
      const contacts = await pickContacts()
      if (contacts.length === 0) return null
      return call('post', '/v1/contacts/device/import', { body: { kind, contacts } })
    },
    onSuccess: async (done) => {
      await markStale(queries, [keyOf('/v1/contacts'), keyOf('/v1/contacts/device/consent')])
      if (done === null) return
      toast(plural(done.new_count, { one: '# contact added', other: '# contacts added' }))
      if (done.problems.length === 0) onClose()
    },
  })
  return (
    <Dialog
      title={t`Contacts from this device`}
      isOpen
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}><Trans>Not now</Trans></Button>
          <Button variant="primary" isDisabled={consent.data === undefined} isPending={bring.isPending} onPress={() => bring.mutate()}>
            {consent.data?.is_given === true ? <Trans>Choose contacts</Trans> : <Trans>Agree and choose contacts</Trans>}
          </Button>
        </>
      }
    >
      <QueryState of={consent}>
        {() => (
          <div className={styles.form}>
            <p><Trans>Your device opens its own list. Tulou gets the names, numbers and e-mail addresses of those you pick there, and nothing of the others.</Trans></p>
            <p><Trans>They become contacts of your own. You can delete each of them, and take this agreement back under Settings, Privacy statement. Without it you add contacts by hand or as vCards.</Trans></p>
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
