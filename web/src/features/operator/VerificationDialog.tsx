/** What an organisation says it is, what it shows for it, and the decision. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call, etagOf, markStale } from '~/api/client'
import { hasStatus } from '~/api/error'
import type { Disclosure, HostedOrganisation, VerificationAsked } from '~/api/types'
import { isolated } from '~/lib/bidi'
import { bytes, day } from '~/lib/dates'
import { Disclosures } from '~/shell/Disclosures'
import { useForm } from '~/shell/useForm'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Dialog } from '~/ui/Dialog'
import { Form } from '~/ui/Form'
import { Link } from '~/ui/Link'
import { TextArea } from '~/ui/TextArea'
import { toast } from '~/ui/toast'
import { ConsoleState } from './ConsoleState'
import { DisclosureDialog } from './DisclosureDialog'
import styles from './operator.module.css'
import { documentAddress, ORGANISATIONS, OUTSIDE, verificationRequest } from './queries'

type Seen = VerificationAsked & { revision?: number }

export function VerificationDialog({ of, onClose }: { of: HostedOrganisation; onClose: () => void }) {
  const { t } = useLingui()
  const queries = useQueryClient()
  const found = useQuery(verificationRequest(of.id))
  const form = useForm({ reason: '' })
  const [isRefusing, setRefusing] = useState(false)
  const [recording, setRecording] = useState<{ corrects: Disclosure | null } | null>(null)
  const name = isolated(of.name)
  const path = { organisation: of.id }
  const refresh = () => markStale(queries, [ORGANISATIONS, verificationRequest(of.id).queryKey])
  const decide = useMutation({
    mutationFn: ({ isRefused, request }: { isRefused: boolean; request: Seen }) => {
      const seen = { ...OUTSIDE, seen: etagOf(request) }
      return isRefused
        ? call('post', '/v1/operator/organisations/{organisation}/verification/refuse', { path, body: form.values }, seen)
        : call('post', '/v1/operator/organisations/{organisation}/verification/verify', { path }, seen)
    },
    onSuccess: async (_answer, { isRefused }) => {
      await refresh()
      toast(isRefused ? t`${name} was refused` : t`${name} is verified`)
      onClose()
    },
    onError: async (error) => {
      form.fail(error)
      // It is another request by now, or none: that is looked at first.
      if (hasStatus(error, 409, 412)) setRefusing(false)
      await refresh()
    },
  })
  const asked = found.data?.state === 'asked' ? found.data : null
  const submit = (isRefused: boolean) => {
    form.begin()
    if (asked !== null) decide.mutate({ isRefused, request: asked })
  }
  const isAnother = hasStatus(decide.error, 412)
  if (recording !== null) return <DisclosureDialog of={of} corrects={recording.corrects} onClose={() => setRecording(null)} />
  return (
    <Dialog
      title={t`Verification of ${name}`}
      size={560}
      isOpen
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}><Trans>Close</Trans></Button>
          {asked !== null && !isRefusing && <Button onPress={() => setRefusing(true)}><Trans>Refuse</Trans></Button>}
          {asked !== null && isRefusing && <Button variant="danger" type="submit" form="refusal" isDisabled={form.values.reason.trim() === ''} isPending={decide.isPending}><Trans>Refuse</Trans></Button>}
          {asked !== null && !isRefusing && <Button variant="primary" isPending={decide.isPending} onPress={() => submit(false)}><Trans>Verify</Trans></Button>}
        </>
      }
    >
      <Form
        id="refusal"
        className={styles.fields}
        onSubmit={(event) => {
          event.preventDefault()
          submit(true)
        }}
      >
        {form.problem !== null && <Banner tone="bad" isAlert>{isAnother ? <Trans>The organisation asked anew in the meantime. This is its new request; look at it, then decide.</Trans> : form.problem}</Banner>}
        <ConsoleState of={found}>
          {(request) => (
            <>
              <Asked of={of} asked={request} />
              <Disclosed of={request.disclosures} onRecord={(corrects) => setRecording({ corrects })} />
            </>
          )}
        </ConsoleState>
        {asked !== null && isRefusing && <TextArea {...form.bind('reason')} label={t`Reason`} rows={3} description={t`The organisation reads it.`} autoFocus />}
      </Form>
    </Dialog>
  )
}

function Disclosed({ of, onRecord }: { of: readonly Disclosure[]; onRecord: (corrects: Disclosure | null) => void }) {
  return (
    <div className={styles.facts}>
      <Disclosures of={of} act={(one) => <Button size="s" variant="ghost" onPress={() => onRecord(one)}><Trans>Correct…</Trans></Button>} />
      <div><Button size="s" onPress={() => onRecord(null)}><Trans>Record a disclosure to an authority…</Trans></Button></div>
    </div>
  )
}

function Asked({ of, asked }: { of: HostedOrganisation; asked: VerificationAsked }) {
  const { i18n } = useLingui()
  const { claim, asked_at, decided_at, documents, reason } = asked
  if (!claim) return <p><Trans>This organisation has not asked to be verified.</Trans></p>
  return (
    <>
      <dl className={styles.facts}>
        <div><dt><Trans>Full legal name</Trans></dt><dd>{isolated(claim.legal_name)}</dd></div>
        <div><dt><Trans>Registration number</Trans></dt><dd>{isolated(claim.registration_number)}</dd></div>
        {asked_at && <div><dt><Trans>Asked</Trans></dt><dd>{day(asked_at, i18n.locale)}</dd></div>}
        {decided_at && <div><dt><Trans>Decided</Trans></dt><dd>{day(decided_at, i18n.locale)}</dd></div>}
        {reason && <div><dt><Trans>Reason</Trans></dt><dd>{isolated(reason)}</dd></div>}
      </dl>
      <p className={styles.quiet}><Trans>Each document you open stands in the organisation's audit log. Documents are erased 90 days after the decision.</Trans></p>
      <ul className={styles.documents}>
        {documents.map((document) => (
          <li key={document.id} className={styles.document}>
            <span className="grow"><Link href={documentAddress(of.id, document.id)} download>{isolated(document.name)}</Link></span>
            <small>{bytes(document.size, i18n.locale)}</small>
          </li>
        ))}
      </ul>
    </>
  )
}
