/** Who did what, and what was refused. Ids only: the log holds no content. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Fragment } from 'react'
import { rowsOf } from '~/api/client'
import { dayAndClock } from '~/lib/dates'
import { MemberName } from '~/shell/MemberName'
import { useMembersById, type MembersById } from '~/shell/members'
import { PageBody, PageHead } from '~/shell/Page'
import { PageTitle } from '~/shell/PageTitle'
import { QueryState } from '~/shell/QueryState'
import { useSlug } from '~/shell/routes'
import { Button } from '~/ui/Button'
import { Chip } from '~/ui/Chip'
import { PrivacyLine } from '~/ui/PrivacyLine'
import { Skeleton } from '~/ui/Skeleton'
import { EmptyState } from '~/ui/State'
import { Table } from '~/ui/Table'
import { adminStart } from './AdminLayout'
import styles from './admin.module.css'
import { useActNames } from './actNames'
import { detailsOf, type AuditDetails } from './auditDetails'
import { audit } from './queries'

export function AuditPage() {
  const { t, i18n } = useLingui()
  const slug = useSlug()
  const found = useInfiniteQuery(audit())
  const rows = rowsOf<'/v1/audit'>(found.data)
  const people = useMembersById(rows.map(detailsOf).flatMap((details) => [details.actor, ...details.members]))
  const nameOf = useActNames()
  return (
    <>
      <PageTitle>{t`Audit log`}</PageTitle>
      <PageHead title={t`Audit log`} lead={<PrivacyLine seenBy={t`Administrators`} />} back={adminStart(slug)} />
      <PageBody>
        <QueryState of={{ data: found.data, error: found.error, refetch: found.refetch }} skeleton={<Skeleton kind="table" rows={8} />}>
          {() =>
            rows.length === 0 ? (
              <EmptyState title={t`Nothing has happened yet`} />
            ) : (
              <Table
                label={t`Audit log`}
                rows={rows}
                rowKey={(row) => row.id}
                columns={[
                  { id: 'at', title: t`Time`, cell: (row) => <time dateTime={row.at}>{dayAndClock(row.at, i18n.locale)}</time> },
                  { id: 'who', title: t`Who`, cell: (row) => <Actor of={detailsOf(row)} people={people} /> },
                  { id: 'what', title: t`What`, isHead: true, cell: (row) => nameOf(row.name) },
                  { id: 'whom', title: t`About`, cell: (row) => <Members ids={detailsOf(row).members} people={people} /> },
                  { id: 'outcome', title: t`Outcome`, cell: (row) => (row.outcome === 'done' ? <Chip tone="ok"><Trans>done</Trans></Chip> : <Chip tone="bad"><Trans>refused</Trans></Chip>) },
                ]}
              />
            )
          }
        </QueryState>
        {found.hasNextPage && (
          <div className={styles.end}>
            <Button isPending={found.isFetchingNextPage} onPress={() => void found.fetchNextPage()}><Trans>Show older</Trans></Button>
          </div>
        )}
      </PageBody>
    </>
  )
}

function Actor({ of: { kind, actor }, people }: { of: AuditDetails; people: MembersById }) {
  if (kind === 'system') return <Trans>The system</Trans>
  if (kind === 'operator') return <Trans>The operator</Trans>
  if (kind === 'visitor') return <Trans>Somebody not signed in</Trans>
  return <MemberName id={actor} people={people} otherwise={actor?.slice(-6) ?? '–'} />
}

function Members({ ids, people }: { ids: readonly string[]; people: MembersById }) {
  if (ids.length === 0) return '–'
  return ids.map((id, place) => (
    <Fragment key={id}>
      {place > 0 && ', '}
      <MemberName id={id} people={people} otherwise={id.slice(-6)} />
    </Fragment>
  ))
}
