/** Sensitive acts: what waits for a second administrator or for its day, and what became of the others. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call, markStale, rowsOf } from '~/api/client'
import { useProblemText } from '~/api/problems'
import type { SensitiveAct } from '~/api/types'
import { isolated } from '~/lib/bidi'
import { dayAndClock } from '~/lib/dates'
import { actKeys, acts } from '~/shell/acts'
import { ActText, memberOf } from '~/shell/ActText'
import { MemberName } from '~/shell/MemberName'
import { useMembersById, type MembersById } from '~/shell/members'
import { PageBody, PageHead } from '~/shell/Page'
import { PageTitle } from '~/shell/PageTitle'
import { useProof } from '~/shell/ProveAgain'
import { QueryState } from '~/shell/QueryState'
import { useSlug } from '~/shell/routes'
import { Somebody } from '~/shell/Somebody'
import { Button } from '~/ui/Button'
import { Chip, type Tone } from '~/ui/Chip'
import { ConfirmDialog } from '~/ui/ConfirmDialog'
import { Skeleton } from '~/ui/Skeleton'
import { EmptyState } from '~/ui/State'
import { toast } from '~/ui/toast'
import { adminStart } from '../AdminLayout'
import styles from '../admin.module.css'
import { RefuseDialog } from './RefuseDialog'
import { useActReason } from './useActReason'
import { useUnable } from './useUnable'

export function DecisionsPage() {
  const { t } = useLingui()
  const slug = useSlug()
  const found = useInfiniteQuery(acts())
  const rows = rowsOf<'/v1/sensitive-acts'>(found.data)
  const people = useMembersById(rows.flatMap((act) => [act.asked_by, act.decided_by, memberOf(act)]))
  return (
    <>
      <PageTitle>{t`Decisions`}</PageTitle>
      <PageHead width="narrow" title={t`Decisions`} lead={t`What one administrator alone does not do. A second one approves within 24 hours.`} back={adminStart(slug)} />
      <PageBody width="narrow">
        <QueryState of={{ data: found.data, error: found.error, refetch: found.refetch }} skeleton={<Skeleton rows={4} />}>
          {() =>
            rows.length === 0 ? (
              <EmptyState title={t`Nothing to decide`}><Trans>Changes of owners, longer keeping times and exports of many people appear here.</Trans></EmptyState>
            ) : (
              <ul className={styles.acts}>
                {rows.map((act) => (
                  <li key={act.id}><Act act={act} people={people} /></li>
                ))}
              </ul>
            )
          }
        </QueryState>
        {found.hasNextPage && (
          <div className={styles.end}>
            <Button isPending={found.isFetchingNextPage} onPress={() => void found.fetchNextPage()}><Trans>Show more</Trans></Button>
          </div>
        )}
      </PageBody>
    </>
  )
}

function Act({ act, people }: { act: SensitiveAct; people: MembersById }) {
  const { t, i18n } = useLingui()
  const queries = useQueryClient()
  const textOf = useProblemText()
  const proof = useProof()
  const reasonOf = useActReason()
  const unable = useUnable(act)
  const [asking, setAsking] = useState<'approve' | 'refuse' | 'cancel' | null>(null)
  const decide = useMutation({
    mutationFn: (what: 'approve' | 'cancel') => {
      const path = { act: act.id }
      return what === 'approve' ? call('post', '/v1/sensitive-acts/{act}/approve', { path }) : call('post', '/v1/sensitive-acts/{act}/cancel', { path })
    },
    onSuccess: async (_answer, what) => {
      await markStale(queries, actKeys())
      toast({ approve: t`Approved`, cancel: t`Stopped` }[what])
    },
    onError: (error, what) => {
      if (!proof.ask(error, () => decide.mutate(what))) toast(textOf(error), { tone: 'bad' })
    },
    onSettled: () => setAsking(null),
  })
  const states: Record<SensitiveAct['state'], [Tone, string]> = {
    open: ['info', act.needs === 'second' ? t`waits for a second` : t`waits for its day`],
    approved: ['info', t`being done`],
    done: ['ok', t`done`],
    refused: ['warn', t`refused`],
    cancelled: ['plain', t`stopped`],
    lapsed: ['plain', t`lapsed`],
    failed: ['bad', t`not possible any more`],
  }
  const [tone, state] = states[act.state]
  const due = dayAndClock(act.due_at, i18n.locale)
  const by = <MemberName id={act.asked_by} people={people} otherwise={<Somebody />} />
  return (
    <article className={styles.act}>
      <div className="grow">
        <p className={styles.actTitle}><ActText act={act} people={people} /></p>
        <p className={styles.actFacts}>
          <Chip tone={tone}>{state}</Chip>
          <span><Trans>Asked by {by}, {dayAndClock(act.asked_at, i18n.locale)}</Trans></span>
          {act.state === 'open' && <span>{act.needs === 'second' ? <Trans>Until {due}</Trans> : <Trans>Happens {due}</Trans>}</span>}
          {act.decided_by && <span><Trans>Decided by <MemberName id={act.decided_by} people={people} otherwise={<Somebody />} /></Trans></span>}
        </p>
        {unable !== null && <p className={styles.actFacts}><span>{unable}</span></p>}
        {typeof act.code === 'string' && <p className={styles.actFacts}><span>{reasonOf(act.code)}</span></p>}
        {typeof act.reason === 'string' && <p className={styles.actFacts}><span><Trans>Reason: {isolated(act.reason)}</Trans></span></p>}
      </div>
      {(act.can.decide || act.can.cancel) && (
        <div className={styles.save}>
          {act.can.cancel && <Button size="s" onPress={() => setAsking('cancel')}><Trans>Stop</Trans></Button>}
          {act.can.decide && <Button size="s" variant="danger" onPress={() => setAsking('refuse')}><Trans>Refuse</Trans></Button>}
          {act.can.decide && <Button size="s" variant="primary" onPress={() => setAsking('approve')}><Trans>Approve</Trans></Button>}
        </div>
      )}
      <ConfirmDialog title={t`Approve this?`} confirm={t`Approve`} isDanger={false} isOpen={asking === 'approve'} onOpenChange={() => setAsking(null)} isPending={decide.isPending} onConfirm={() => decide.mutate('approve')}>
        <p><ActText act={act} people={people} /></p>
        <Trans>It is done a moment later. Your name stays with it in the audit log.</Trans>
      </ConfirmDialog>
      {asking === 'refuse' && <RefuseDialog act={act} people={people} onClose={() => setAsking(null)} />}
      <ConfirmDialog title={t`Stop this?`} confirm={t`Stop`} isOpen={asking === 'cancel'} onOpenChange={() => setAsking(null)} isPending={decide.isPending} onConfirm={() => decide.mutate('cancel')}>
        <ActText act={act} people={people} />
      </ConfirmDialog>
      {proof.dialog}
    </article>
  )
}
