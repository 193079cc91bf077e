/** How long everything is kept and who decides it: the rules of the data map, and what the organisation decides of them (RET-01 to RET-25). */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Hourglass } from 'lucide-react'
import { useState } from 'react'
import { call, markStale } from '~/api/client'
import { useProblemText } from '~/api/problems'
import type { Retention, RetentionShortening } from '~/api/types'
import { moment } from '~/lib/dates'
import { MemberName } from '~/shell/MemberName'
import { useMembersById } from '~/shell/members'
import { PageBody, PageHead, Section } from '~/shell/Page'
import { PageTitle } from '~/shell/PageTitle'
import { QueryState } from '~/shell/QueryState'
import { useSlug } from '~/shell/routes'
import { Somebody } from '~/shell/Somebody'
import { daysOf } from '~/shell/until'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Skeleton } from '~/ui/Skeleton'
import { toast } from '~/ui/toast'
import { adminStart } from '../AdminLayout'
import { retention, retentionKeys } from '../queries'
import { PeriodSheet } from './PeriodSheet'
import { RuleTable } from './RuleTable'

export function RetentionPage() {
  const { t } = useLingui()
  const slug = useSlug()
  const found = useQuery(retention())
  return (
    <>
      <PageTitle>{t`Retention`}</PageTitle>
      <PageHead title={t`Retention`} lead={t`How long everything is kept. The list is that of the data map, by which the program runs; everybody reads the same periods in their privacy settings.`} back={adminStart(slug)} />
      <PageBody>
        <QueryState of={found} skeleton={<Skeleton kind="table" rows={10} />}>{(of) => <Rules of={of} />}</QueryState>
      </PageBody>
    </>
  )
}

function Rules({ of }: { of: Retention }) {
  const { t } = useLingui()
  const [isChanging, setChanging] = useState(false)
  const { shortening } = of.chat
  const groups = [
    { id: 'organisation', title: t`What your organisation decides`, kinds: ['organisation'] },
    { id: 'floor', title: t`What the law sets the least for`, lead: t`No setting and no erasure makes it shorter.`, kinds: ['floor'] },
    { id: 'fixed', title: t`What is always the same`, kinds: ['fixed', 'count'] },
    { id: 'lifecycle', title: t`What stays as long as what it belongs to`, kinds: ['lifecycle'] },
  ]
  return (
    <>
      {shortening && <Waiting of={shortening} />}
      {groups.map(({ id, title, lead, kinds }) => {
        const rules = of.rules.filter(({ kind }) => kinds.includes(kind))
        return rules.length > 0 && (
          <Section key={id} title={title} lead={lead}>
            <RuleTable label={title} rules={rules} {...(id === 'organisation' && !shortening ? { onChange: () => setChanging(true) } : {})} />
          </Section>
        )
      })}
      {isChanging && <PeriodSheet of={of} onClose={() => setChanging(false)} />}
    </>
  )
}

/** What was decided and is not in force yet: one tap takes it back. */
function Waiting({ of }: { of: RetentionShortening }) {
  const { t, i18n } = useLingui()
  const queries = useQueryClient()
  const textOf = useProblemText()
  const people = useMembersById([of.asked_by])
  const cancel = useMutation({
    mutationFn: () => call('delete', '/v1/organisation/chat-retention', {}),
    onSuccess: () => toast(t`Taken back. Everything stays as it is.`),
    onError: (error) => toast(textOf(error), { tone: 'bad' }),
    onSettled: () => markStale(queries, retentionKeys()),
  })
  const [from, to, at] = [daysOf(of.from_days), daysOf(of.to_days), moment(of.takes_effect_at, i18n.locale)]
  const name = <MemberName id={of.asked_by} people={people} otherwise={<Somebody />} />
  return (
    <Banner tone="warn" icon={Hourglass} action={<Button isPending={cancel.isPending} onPress={() => cancel.mutate()}><Trans>Take it back</Trans></Button>}>
      <Trans>From {at} on messages are kept for {to} instead of {from}. {name} decided it. Until then nothing is deleted for it, and it can be taken back.</Trans>
    </Banner>
  )
}
