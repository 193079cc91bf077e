/** Which programs may speak with the organisation, and how far. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import { call, keyOf, markStale } from '~/api/client'
import { useProblemText } from '~/api/problems'
import type { Department, ServiceToken } from '~/api/types'
import { day } from '~/lib/dates'
import { listOf } from '~/lib/lists'
import { useIsOn } from '~/shell/applications'
import { MemberName } from '~/shell/MemberName'
import { departmentName, departments, useMembersById } from '~/shell/members'
import { PageBody, PageHead } from '~/shell/Page'
import { PageTitle } from '~/shell/PageTitle'
import { QueryState } from '~/shell/QueryState'
import { useSlug } from '~/shell/routes'
import { Somebody } from '~/shell/Somebody'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Chip, type Tone } from '~/ui/Chip'
import { ConfirmDialog } from '~/ui/ConfirmDialog'
import { Skeleton } from '~/ui/Skeleton'
import { EmptyState } from '~/ui/State'
import { Table } from '~/ui/Table'
import { toast } from '~/ui/toast'
import { adminStart } from '../AdminLayout'
import styles from '../admin.module.css'
import { serviceTokens } from '../queries'
import { usePermissionWords } from '../roles/words'
import { TokenDialog } from './TokenDialog'

export function TokensPage() {
  const { t } = useLingui()
  const slug = useSlug()
  const found = useQuery(serviceTokens())
  const [isMaking, setMaking] = useState(false)
  const isOn = useIsOn()('provisioning')
  const make = <Button variant="primary" icon={KeyRound} onPress={() => setMaking(true)}><Trans>New token</Trans></Button>
  return (
    <>
      <PageTitle>{t`Service tokens`}</PageTitle>
      <PageHead title={t`Service tokens`} lead={t`A program with a token keeps people and departments in line. It never reaches further than whoever made the token.`} back={adminStart(slug)} actions={isOn && make} />
      <PageBody>
        {!isOn && <Banner tone="warn"><Trans>Your organisation has switched this off: no token opens anything. Tokens can be ended.</Trans></Banner>}
        <QueryState of={found} skeleton={<Skeleton kind="table" rows={3} />}>
          {({ items }) => (items.length === 0 ? <EmptyState title={t`No tokens yet`}>{isOn ? <Trans>Make one for your personnel system, for example.</Trans> : undefined}</EmptyState> : <List items={items} />)}
        </QueryState>
      </PageBody>
      {isMaking && <TokenDialog onClose={() => setMaking(false)} />}
    </>
  )
}

function List({ items }: { items: ServiceToken[] }) {
  const { t } = useLingui()
  const queries = useQueryClient()
  const textOf = useProblemText()
  const people = useMembersById(items.flatMap((item) => [item.made_by, ...(item.ended?.by ? [item.ended.by] : [])]))
  const all = useQuery(departments()).data?.items ?? []
  const [asking, setAsking] = useState<ServiceToken | null>(null)
  const end = useMutation({
    mutationFn: (token: string) => call('delete', '/v1/service-tokens/{token}', { path: { token } }),
    onSuccess: async () => {
      setAsking(null)
      await markStale(queries, [keyOf('/v1/service-tokens')])
      toast(t`Token ended`)
    },
    onError: (error) => toast(textOf(error), { tone: 'bad' }),
  })
  const states: Record<ServiceToken['state'], [Tone, string]> = { open: ['ok', t`open`], dormant: ['warn', t`asleep`], expired: ['plain', t`expired`], revoked: ['plain', t`ended`] }
  return (
    <>
      <Table
        label={t`Service tokens`}
        rows={items}
        rowKey={(row) => row.id}
        columns={[
          { id: 'name', title: t({ message: 'Name', context: 'of a thing' }), isHead: true, cell: (row) => <bdi>{row.name}</bdi> },
          { id: 'may', title: t`It may`, cell: (row) => <May of={row} all={all} /> },
          { id: 'by', title: t`Made by`, cell: (row) => <MemberName id={row.made_by} people={people} otherwise={<Somebody />} /> },
          { id: 'until', title: t`Works until`, cell: (row) => <Times of={row} /> },
          {
            id: 'state',
            title: t`State`,
            cell: (row) => (
              <div>
                <Chip tone={states[row.state][0]}>{states[row.state][1]}</Chip>
                {row.state === 'dormant' && <small className={styles.below}><Trans>whoever made it is away</Trans></small>}
                {row.ended && <Ended how={row.ended} people={people} />}
              </div>
            ),
          },
          { id: 'more', title: t`Actions`, isTitleHidden: true, isNumber: true, cell: (row) => (row.state === 'open' || row.state === 'dormant' ? <Button size="s" variant="danger" aria-label={t`End ${row.name}`} onPress={() => setAsking(row)}><Trans>End</Trans></Button> : null) },
        ]}
      />
      <ConfirmDialog title={t`End this token?`} confirm={t`End`} isOpen={asking !== null} onOpenChange={() => setAsking(null)} isPending={end.isPending} onConfirm={() => asking && end.mutate(asking.id)}>
        <Trans>The program is shut out at once. What it wrote stays.</Trans>
      </ConfirmDialog>
    </>
  )
}

/** When and by whom it ended before its day, and why where nobody ended it by hand. */
function Ended({ how, people }: { how: NonNullable<ServiceToken['ended']>; people: ReturnType<typeof useMembersById> }) {
  const { i18n } = useLingui()
  const when = day(how.at, i18n.locale)
  return (
    <>
      {how.why === 'maker_shut_out' && <small className={styles.below}><Trans>whoever made it was shut out</Trans></small>}
      <small className={styles.below}>
        {how.by ? <Trans>{when}, by <MemberName id={how.by} people={people} otherwise={<Somebody />} /></Trans> : when}
      </small>
    </>
  )
}

/** Until when it works, and whether anything still uses it. */
function Times({ of }: { of: ServiceToken }) {
  const { i18n } = useLingui()
  const used = of.last_used_at ? day(of.last_used_at, i18n.locale) : null
  return (
    <div>
      <time dateTime={of.expires_at}>{day(of.expires_at, i18n.locale)}</time>
      <small className={styles.below}>{used === null ? <Trans>not used yet</Trans> : <Trans>last used {used}</Trans>}</small>
    </div>
  )
}

function May({ of, all }: { of: ServiceToken; all: readonly Department[] }) {
  const { t, i18n } = useLingui()
  const words = usePermissionWords()
  const places = of.department_ids.map((id) => departmentName(all, id) ?? t`a department that is gone`)
  return (
    <span className={styles.wide}>
      {listOf(i18n.locale, of.permissions.map((permission) => words[permission].label))}
      <small className={styles.count}> · <bdi>{places.length === 0 ? t`whole organisation` : listOf(i18n.locale, places)}</bdi></small>
    </span>
  )
}
