/** A privacy request as whoever made it sees it: how far it is, until when it is answered, and the answer. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useId, useState, type ReactNode } from 'react'
import type { OwnSubjectRequest } from '~/api/types'
import { day, fullDay } from '~/lib/dates'
import { Button } from '~/ui/Button'
import { Banner } from '~/ui/Banner'
import { Chip } from '~/ui/Chip'
import { ConfirmDialog } from '~/ui/ConfirmDialog'
import { LinkedText } from '~/ui/LinkedText'
import { isLate, useRefusalGrounds, useRequestKinds, useRequestStates } from './subjectRequests'
import styles from './SubjectRequestCard.module.css'

interface Props {
  request: OwnSubjectRequest
  isPending: boolean
  onWithdraw: () => Promise<unknown>
}

export function SubjectRequestCard({ request, isPending, onWithdraw }: Props) {
  const { t } = useLingui()
  const heading = useId()
  const [isAsking, setAsking] = useState(false)
  const kinds = useRequestKinds()
  const [tone, state] = useRequestStates()[request.state]
  const withdraw = () => void onWithdraw().then(() => setAsking(false), () => setAsking(false))
  return (
    <article className={styles.card} aria-labelledby={heading}>
      <header className={styles.head}>
        <b id={heading} className="grow">{kinds[request.kind]}</b>
        <span className={styles.number}>{request.number}</span>
        <Chip tone={tone}>{state}</Chip>
      </header>
      <Answer of={request} />
      <Times of={request} />
      {request.can_withdraw && (
        <div>
          <Button size="s" onPress={() => setAsking(true)}><Trans>Withdraw the request</Trans></Button>
          <ConfirmDialog title={t`Withdraw the request?`} confirm={t`Withdraw the request`} isPending={isPending} isOpen={isAsking} onOpenChange={setAsking} onConfirm={withdraw}>
            <Trans>It is not answered then. You can make another one at any time.</Trans>
          </ConfirmDialog>
        </div>
      )}
    </article>
  )
}

function Answer({ of }: { of: OwnSubjectRequest }) {
  const { told } = of
  const grounds = useRefusalGrounds()
  return (
    <>
      {typeof told.delay === 'string' && <Banner tone="warn"><b><Trans>It takes longer</Trans></b><LinkedText>{told.delay}</LinkedText></Banner>}
      {typeof told.answer === 'string' && <LinkedText>{told.answer}</LinkedText>}
      {told.ground && <p className={styles.quiet}><Trans>Ground of the refusal</Trans>: {grounds[told.ground]}</p>}
      {typeof told.forwarded_to === 'string' && <p className={styles.quiet}><Trans>Who has it now</Trans>: <bdi>{told.forwarded_to}</bdi></p>}
      {(of.state === 'refused' || isLate(of)) && <p className={styles.quiet}><Trans>You can also complain to the authority that supervises data protection where you live.</Trans></p>}
    </>
  )
}

function Times({ of }: { of: OwnSubjectRequest }) {
  const { t, i18n } = useLingui()
  const when = (at: string) => <time dateTime={at}>{day(at, i18n.locale)}</time>
  // The limit is the first instant after its last day.
  const limit = new Date(Date.parse(of.due.limit_at) - 1).toISOString()
  const [target, last] = [day(of.due.target_at, i18n.locale), day(limit, i18n.locale)]
  const lines: [string, ReactNode][] = [
    [t`Organisation`, <bdi key="to">{of.organisation}</bdi>],
    [t`Received`, when(of.received_at)],
    [t`Identity known`, typeof of.identity_at === 'string' ? when(of.identity_at) : t`Not yet. The organisation checks it by what it holds of you.`],
    [t`Taken up`, typeof of.taken_at === 'string' ? when(of.taken_at) : null],
    [t`Ended`, typeof of.ended_at === 'string' ? when(of.ended_at) : null],
    [t`To be answered by`, typeof of.ended_at === 'string' ? null : <Trans key="due">{target}, at the latest {last}</Trans>],
    [t`What you wrote`, <LinkedText key="words">{of.words}</LinkedText>],
    [t`Kept until`, fullDay(of.goes_at, i18n.locale)],
  ]
  return (
    <dl className={styles.facts}>
      {lines.map(([label, value]) => value !== null && <Line key={label} label={label}>{value}</Line>)}
    </dl>
  )
}

function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  )
}
