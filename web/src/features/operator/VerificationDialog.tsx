/** What an organisation says it is, what it shows for it, and the decision. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '~/api/client'
import { useProblemText } from '~/api/problems'
import type { HostedOrganisation, VerificationAsked } from '~/api/types'
import { isolated } from '~/lib/bidi'
import { bytes, day } from '~/lib/dates'
import { QueryState } from '~/shell/QueryState'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Dialog } from '~/ui/Dialog'
import { Link } from '~/ui/Link'
import { TextArea } from '~/ui/TextArea'
import { toast } from '~/ui/toast'
import styles from './operator.module.css'
import { documentAddress, ORGANISATIONS, OUTSIDE, verificationRequest } from './queries'

export function VerificationDialog({ of, onClose }: { of: HostedOrganisation; onClose: () => void }) {
  const { t } = useLingui()
  const queries = useQueryClient()
  const textOf = useProblemText()
  const found = useQuery(verificationRequest(of.id))
  const [reason, setReason] = useState('')
  const [isRefusing, setRefusing] = useState(false)
  const name = isolated(of.name)
  const path = { organisation: of.id }
  const decide = useMutation({
    mutationFn: (isRefused: boolean) =>
      isRefused
        ? call('post', '/v1/operator/organisations/{organisation}/verification/refuse', { path, body: { reason } }, OUTSIDE)
        : call('post', '/v1/operator/organisations/{organisation}/verification/verify', { path }, OUTSIDE),
    onSuccess: async (_answer, isRefused) => {
      await Promise.all([queries.invalidateQueries({ queryKey: ORGANISATIONS }), queries.invalidateQueries({ queryKey: verificationRequest(of.id).queryKey })])
      toast(isRefused ? t`${name} was refused` : t`${name} is verified`)
      onClose()
    },
  })
  const waits = found.data?.state === 'asked'
  return (
    <Dialog
      title={t`Verification of ${name}`}
      size={560}
      isOpen
      onOpenChange={onClose}
      footer={
        <>
          <Button onPress={onClose}><Trans>Close</Trans></Button>
          {waits && !isRefusing && <Button onPress={() => setRefusing(true)}><Trans>Refuse</Trans></Button>}
          {waits && isRefusing && <Button variant="danger" isDisabled={reason.trim() === ''} isPending={decide.isPending} onPress={() => decide.mutate(true)}><Trans>Refuse</Trans></Button>}
          {waits && !isRefusing && <Button variant="primary" isPending={decide.isPending} onPress={() => decide.mutate(false)}><Trans>Verify</Trans></Button>}
        </>
      }
    >
      <div className={styles.fields}>
        {decide.error !== null && <Banner tone="bad" isAlert>{textOf(decide.error)}</Banner>}
        <QueryState of={found}>{(asked) => <Asked of={of} asked={asked} />}</QueryState>
        {isRefusing && <TextArea label={t`Reason`} rows={3} value={reason} onChange={setReason} description={t`The organisation reads it.`} autoFocus />}
      </div>
    </Dialog>
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
