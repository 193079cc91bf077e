/** One privacy request: what was written, who it is, and the next step. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Snowflake } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { call, markStale } from '~/api/client'
import { useProblemText } from '~/api/problems'
import type { SubjectRequest } from '~/api/types'
import { dayAndClock } from '~/lib/dates'
import { links } from '~/shell/links'
import { MemberName } from '~/shell/MemberName'
import { useMembersById } from '~/shell/members'
import { QueryState } from '~/shell/QueryState'
import { useSlug } from '~/shell/routes'
import { useRefusalGrounds, useRequestKinds, useRequestStates } from '~/shell/subjectRequests'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Chip } from '~/ui/Chip'
import { Dialog } from '~/ui/Dialog'
import { Link } from '~/ui/Link'
import { LinkedText } from '~/ui/LinkedText'
import { Skeleton } from '~/ui/Skeleton'
import styles from '../admin.module.css'
import { FreezeDialog } from '../people/FreezeDialog'
import { requestDrafts, requestKeys } from '../queries'
import { DelayForm } from './DelayForm'
import { Due } from './Due'
import { FinishForm } from './FinishForm'
import { IdentityForm } from './IdentityForm'

interface Props {
  request: SubjectRequest
  /** It was changed here: so it is from now on. */
  onChange: (request: SubjectRequest) => void
  onClose: () => void
}

type Step = 'finish' | 'delay' | null

export function RequestDialog({ request, onChange, onClose }: Props) {
  const { t } = useLingui()
  const queries = useQueryClient()
  const textOf = useProblemText()
  const kinds = useRequestKinds()
  const [step, setStep] = useState<Step>(null)
  const { can } = request
  const isOpen = can.explain_delay
  const drafts = useQuery({ ...requestDrafts(request.id), enabled: isOpen })
  const changed = async (now: SubjectRequest) => {
    // The list first: what stands there is what is shown here.
    await markStale(queries, requestKeys())
    onChange(now)
    setStep(null)
  }
  const takeUp = useMutation({
    mutationFn: () => call('post', '/v1/subject-requests/{subject_request}/take-up', { path: { subject_request: request.id } }),
    onSuccess: changed,
    onError: () => markStale(queries, requestKeys()),
  })
  const mayEnd = can.answer || can.refuse_unproven || can.forward
  return (
    <Dialog
      title={kinds[request.kind]}
      size={720}
      isOpen
      onOpenChange={onClose}
      footer={
        step === null && isOpen ? (
          <>
            <Button onPress={() => setStep('delay')}><Trans>Explain a delay</Trans></Button>
            {mayEnd && <Button variant={can.answer ? 'primary' : undefined} onPress={() => setStep('finish')}>{can.answer ? <Trans>Answer</Trans> : <Trans>Refuse or forward</Trans>}</Button>}
            {can.take_up && <Button variant="primary" isPending={takeUp.isPending} onPress={() => takeUp.mutate()}><Trans>Take it up</Trans></Button>}
          </>
        ) : undefined
      }
    >
      <div className={styles.form}>
        {takeUp.error !== null && <Banner tone="bad" isAlert>{textOf(takeUp.error)}</Banner>}
        {request.due.lateness !== 'on_time' && isOpen && !request.told.delay && <Banner tone="warn"><Trans>It is late: whoever asked has to be told why before it is answered.</Trans></Banner>}
        <Facts of={request} />
        {isOpen && <WhereItIsDone of={request} />}
        {can.check_identity && step === null && <IdentityForm request={request} onDone={changed} />}
        {step !== null && (
          <QueryState of={drafts} skeleton={<Skeleton kind="form" rows={3} />}>
            {(texts) =>
              step === 'delay' ? (
                <DelayForm label={t`Why it takes longer`} request={request} draft={texts.delayed} onDone={changed} onCancel={() => setStep(null)} />
              ) : (
                <FinishForm request={request} drafts={texts} onDone={changed} onCancel={() => setStep(null)} />
              )
            }
          </QueryState>
        )}
      </div>
    </Dialog>
  )
}

function Facts({ of }: { of: SubjectRequest }) {
  const { t, i18n } = useLingui()
  const grounds = useRefusalGrounds()
  const [tone, state] = useRequestStates()[of.state]
  const people = useMembersById([of.member_id, of.handler_id])
  const proofs = useProofs()
  const lines: [string, ReactNode][] = [
    [t`Request number`, <span key="n" className={styles.short}>{of.number}</span>],
    [t`State`, <Chip key="s" tone={tone}>{state}</Chip>],
    [t`Received`, dayAndClock(of.received_at, i18n.locale)],
    [t`To be answered by`, <Due key="d" of={of} />],
    [t`Who asks`, of.member_id ? <MemberName key="m" id={of.member_id} people={people} otherwise="–" /> : of.name ? <bdi key="m">{of.name}</bdi> : t`Somebody from outside`],
    [t`Phone or e-mail`, of.contact ? <bdi key="c">{of.contact}</bdi> : null],
    [t`Identity known`, of.identity_how ? proofs[of.identity_how] : t`Not yet`],
    [t`Taken up by`, of.handler_id ? <MemberName key="h" id={of.handler_id} people={people} otherwise="–" /> : null],
    [t`What they wrote`, <LinkedText key="w">{of.words}</LinkedText>],
    [t`Why it takes longer`, of.told.delay ? <LinkedText key="l">{of.told.delay}</LinkedText> : null],
    [t`Ground of the refusal`, of.told.ground ? grounds[of.told.ground] : null],
    [t`Who has it now`, of.told.forwarded_to ? <bdi key="f">{of.told.forwarded_to}</bdi> : null],
    [t`Answer`, of.told.answer ? <LinkedText key="a">{of.told.answer}</LinkedText> : null],
  ]
  return (
    <dl className={styles.facts}>
      {lines.map(([label, value]) => value !== null && <div key={label}><dt>{label}</dt><dd>{value}</dd></div>)}
    </dl>
  )
}

/** By what it is known who asks. */
export function useProofs() {
  const { t } = useLingui()
  return {
    session: t`Signed in when they asked`,
    contact: t`They answered under a number or an address that is held of them`,
    in_person: t`They came in person`,
    papers: t`They showed papers; nothing was kept of these`,
  }
}

/** Copies and erasures are made where everybody makes them. */
function WhereItIsDone({ of }: { of: SubjectRequest }) {
  const slug = useSlug()
  if (of.kind === 'access') return <p className={styles.count}><Trans>Whoever has an account takes the copy under Settings, Privacy; nobody else opens it.</Trans></p>
  if (of.kind === 'deletion') return <p className={styles.count}><Trans>People are removed under <Link href={links.admin(slug, 'people')}>People</Link>, and erased fourteen days later.</Trans></p>
  if (of.kind === 'correction' && of.member_id) return <p className={styles.count}><Link href={links.person(slug, of.member_id)}><Trans>Open their card to change what is held</Trans></Link></p>
  if (of.kind === 'restriction' && of.member_id) return <FreezeIt id={of.member_id} />
  return null
}

/** At the word of whoever asks: here, or by themselves. */
function FreezeIt({ id }: { id: string }) {
  const member = useMembersById([id]).get(id)
  const [isAsking, setAsking] = useState(false)
  if (member === undefined) return null
  if (member.restricted_at) return <Banner tone="accent" icon={Snowflake}><Trans>Their data is frozen. It can be answered.</Trans></Banner>
  return (
    <>
      <p className={styles.count}><Trans>Whoever asks can freeze it themselves under Settings, Privacy statement.</Trans></p>
      {member.can.restrict && <Button icon={Snowflake} onPress={() => setAsking(true)}><Trans>Freeze their data …</Trans></Button>}
      {isAsking && <FreezeDialog member={member} onClose={() => setAsking(false)} />}
    </>
  )
}
