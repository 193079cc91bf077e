/** What somebody had who is let in no more: each thing with a proposed successor, one by one or all at once. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { call, markStale } from '~/api/client'
import { useProblemText } from '~/api/problems'
import type { HandOver, HandOverThing } from '~/api/types'
import { isolated } from '~/lib/bidi'
import { day } from '~/lib/dates'
import { links } from '~/shell/links'
import { MemberName } from '~/shell/MemberName'
import { useMembersById } from '~/shell/members'
import { PageBody, PageHead, Section } from '~/shell/Page'
import { PageTitle } from '~/shell/PageTitle'
import { QueryState } from '~/shell/QueryState'
import { useSlug } from '~/shell/routes'
import { Somebody } from '~/shell/Somebody'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Skeleton } from '~/ui/Skeleton'
import { EmptyState } from '~/ui/State'
import { toast } from '~/ui/toast'
import styles from '../admin.module.css'
import { StateChip } from '../people/StateChip'
import { handOver, handOverKeys } from '../queries'
import { ThingRow } from './ThingRow'
import { useThingKinds } from './words'

const route = getRouteApi('/o/$slug/admin/leavers/$memberId')
const keyOf = (thing: HandOverThing) => `${thing.kind}/${thing.thing_id}`

export function HandOverPage() {
  const { t } = useLingui()
  const slug = useSlug()
  const { memberId } = route.useParams()
  const found = useQuery(handOver(memberId))
  const name = isolated(found.data?.leaver.name ?? '')
  return (
    <>
      <PageTitle>{t`Hand-over of ${name}`}</PageTitle>
      <PageHead width="narrow" title={t`Hand-over of ${name}`} back={links.admin(slug, 'leavers')} />
      <PageBody width="narrow">
        <QueryState of={found} skeleton={<Skeleton rows={4} />}>{(shown) => <Shown key={memberId} of={shown} />}</QueryState>
      </PageBody>
    </>
  )
}

function Shown({ of }: { of: HandOver }) {
  const { t, i18n } = useLingui()
  const queries = useQueryClient()
  const textOf = useProblemText()
  const member = of.leaver.member_id
  const [chosen, setChosen] = useState<Record<string, string | null>>({})
  const [refused, setRefused] = useState<Record<string, string>>({})
  const successorOf = (thing: HandOverThing) => chosen[keyOf(thing)] ?? (keyOf(thing) in chosen ? null : (thing.proposed_id ?? null))
  const decide = (thing: HandOverThing, successor: string | null) =>
    call('post', '/v1/hand-overs/{member}/decisions', { path: { member }, body: { kind: thing.kind, thing_id: thing.thing_id, successor_id: successor } })
  const keep = (answer: HandOver) => queries.setQueryData(handOver(member).queryKey, answer)
  const one = useMutation({
    mutationFn: ({ thing, successor }: { thing: HandOverThing; successor: string | null }) => decide(thing, successor),
    onSuccess: async (answer, { thing, successor }) => {
      keep(answer)
      setRefused(({ [keyOf(thing)]: _gone, ...rest }) => rest)
      await markStale(queries, handOverKeys())
      toast(successor === null ? t`It stays as it is` : t`Handed over`)
    },
    onError: (error, { thing }) => setRefused((before) => ({ ...before, [keyOf(thing)]: textOf(error) })),
  })
  const ready = of.things.filter((thing) => !thing.is_skipped && thing.can.hand_over && successorOf(thing) !== null)
  // One after the other: what is refused stays, with the reason, and stops nothing else.
  const all = useMutation({
    mutationFn: async () => {
      let done = 0
      for (const thing of ready) {
        try {
          keep(await decide(thing, successorOf(thing)))
          done += 1
        } catch (error) {
          setRefused((before) => ({ ...before, [keyOf(thing)]: textOf(error) }))
        }
      }
      return done
    },
    onSuccess: async (done) => {
      await markStale(queries, handOverKeys())
      if (done > 0) toast(t`Handed over`)
    },
  })
  const isBusy = one.isPending || all.isPending
  const until = of.leaver.until
  return (
    <>
      <div className={styles.actFacts}>
        <StateChip state={of.leaver.state} />
        <span><Trans>out since {day(of.leaver.since, i18n.locale)}</Trans></span>
        {typeof until === 'string' && <span>{of.leaver.state === 'leaving' ? <Trans>erased {day(until, i18n.locale)}</Trans> : <Trans>leaves {day(until, i18n.locale)}</Trans>}</span>}
      </div>
      <Section
        title={t`Still theirs`}
        lead={t`Names are shown, never what is said in a group. Whoever gets something is told.`}
        actions={ready.length > 1 && <Button variant="primary" isPending={all.isPending} isDisabled={isBusy} onPress={() => all.mutate()}><Trans>Hand over all {ready.length}</Trans></Button>}
      >
        {of.things.length === 0 ? (
          <EmptyState title={t`Nothing is left to hand over`}><Trans>Contacts that were shared with nobody, drafts and settings stay theirs and go with them.</Trans></EmptyState>
        ) : (
          <ul className={styles.acts} aria-label={t`Still theirs`}>
            {of.things.map((thing) => (
              <li key={keyOf(thing)}>
                <ThingRow
                  thing={thing}
                  successor={successorOf(thing)}
                  refusal={refused[keyOf(thing)]}
                  isBusy={isBusy}
                  onChoose={(id) => setChosen((before) => ({ ...before, [keyOf(thing)]: id }))}
                  onDecide={(successor) => one.mutate({ thing, successor })}
                />
              </li>
            ))}
          </ul>
        )}
        {all.error !== null && <Banner tone="bad" isAlert>{textOf(all.error)}</Banner>}
      </Section>
      {of.done.length > 0 && <Done of={of} />}
    </>
  )
}

function Done({ of }: { of: HandOver }) {
  const { t, i18n } = useLingui()
  const kinds = useThingKinds()
  const people = useMembersById(of.done.flatMap((one) => [one.successor_id, one.decided_by]))
  return (
    <Section title={t`Handed over`}>
      <ul className={styles.acts} aria-label={t`Handed over`}>
        {of.done.map((one) => (
          <li key={`${one.kind}/${one.thing_id}`} className={styles.act}>
            <span className="grow">
              {kinds[one.kind]} → <MemberName id={one.successor_id} people={people} otherwise={<Somebody />} />
            </span>
            <span className={styles.actFacts}>
              <MemberName id={one.decided_by} people={people} otherwise={<Somebody />} />
              <time dateTime={one.decided_at}>{day(one.decided_at, i18n.locale)}</time>
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
