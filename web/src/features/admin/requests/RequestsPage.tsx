/** What people ask about their data, with the days until which it is to be answered (DSR-10). */
import { Trans, useLingui } from '@lingui/react/macro'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { rowsOf } from '~/api/client'
import { hasStatus } from '~/api/error'
import type { SubjectRequest, SubjectRequestState } from '~/api/types'
import { day } from '~/lib/dates'
import { MemberName } from '~/shell/MemberName'
import { useMembersById } from '~/shell/members'
import { PageBody, PageHead } from '~/shell/Page'
import { PageTitle } from '~/shell/PageTitle'
import { QueryState } from '~/shell/QueryState'
import { useSlug } from '~/shell/routes'
import { useRequestKinds, useRequestStates } from '~/shell/subjectRequests'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Chip } from '~/ui/Chip'
import { Select } from '~/ui/Select'
import { Skeleton } from '~/ui/Skeleton'
import { EmptyState, NoAccess } from '~/ui/State'
import { Table } from '~/ui/Table'
import { adminStart } from '../AdminLayout'
import styles from '../admin.module.css'
import { subjectRequests } from '../queries'
import { ShowMore } from '../ShowMore'
import { Due } from './Due'
import { FrozenList } from './FrozenList'
import { RequestDialog } from './RequestDialog'

type Shown = 'open' | 'overdue' | 'all' | SubjectRequestState
const STATES: readonly SubjectRequestState[] = ['received', 'identity_checked', 'in_work', 'answered', 'refused', 'forwarded', 'withdrawn']

function filterOf(shown: Shown): Parameters<typeof subjectRequests>[0] {
  if (shown === 'open') return { is_open: true }
  if (shown === 'overdue') return { is_overdue: true }
  return shown === 'all' ? {} : { state: shown }
}

export function RequestsPage() {
  const { t } = useLingui()
  const slug = useSlug()
  const states = useRequestStates()
  const [shown, setShown] = useState<Shown>('open')
  const [opened, setOpened] = useState<SubjectRequest | null>(null)
  const found = useInfiniteQuery(subjectRequests(filterOf(shown)))
  const rows = rowsOf<'/v1/subject-requests'>(found.data)
  const overdue = found.data?.pages[0]?.overdue ?? 0
  const choices: { id: Shown; label: string }[] = [
    { id: 'open', label: t`Not ended` },
    { id: 'overdue', label: t`Overdue` },
    { id: 'all', label: t`All requests` },
    ...STATES.map((id) => ({ id, label: states[id][1] })),
  ]
  // As it is now: somebody else may deal with it meanwhile. What left the list stays open as it was left.
  const about = opened === null ? null : (rows.find((row) => row.id === opened.id) ?? opened)
  return (
    <>
      <PageTitle>{t`Privacy requests`}</PageTitle>
      <PageHead
        title={t`Privacy requests`}
        lead={t`What people ask your organisation about their data, also from outside. Answered within fifteen days, at the latest within fifteen working days.`}
        back={adminStart(slug)}
      />
      <PageBody>
        {hasStatus(found.error, 403) ? (
          <NoAccess level={2}><Trans>Requests are answered by those who may change people everywhere.</Trans></NoAccess>
        ) : (
          <>
            <div className={styles.tools}>
              <Select label={t`State`} isLabelHidden choices={choices} value={shown} onChange={setShown} />
            </div>
            {overdue > 0 && shown !== 'overdue' && (
              <Banner tone="warn" action={<Button size="s" onPress={() => setShown('overdue')}><Trans>Show</Trans></Button>}>
                <Trans>Requests are overdue. Whoever asked has to be told why.</Trans>
              </Banner>
            )}
            <QueryState of={{ data: found.data, error: found.error, refetch: found.refetch }} skeleton={<Skeleton kind="table" rows={4} />}>
              {() => (rows.length === 0 ? <EmptyState title={t`No requests here`}><Trans>Whoever asks does it in their settings or, without an account, on the page for privacy requests.</Trans></EmptyState> : <List rows={rows} onOpen={setOpened} />)}
            </QueryState>
            <ShowMore of={found} />
            <FrozenList />
          </>
        )}
      </PageBody>
      {about !== null && <RequestDialog key={about.id} request={about} onChange={setOpened} onClose={() => setOpened(null)} />}
    </>
  )
}

function List({ rows, onOpen }: { rows: SubjectRequest[]; onOpen: (request: SubjectRequest) => void }) {
  const { t, i18n } = useLingui()
  const kinds = useRequestKinds()
  const states = useRequestStates()
  const people = useMembersById(rows.flatMap((row) => [row.member_id, row.handler_id]))
  return (
    <Table
      label={t`Privacy requests`}
      rows={rows}
      rowKey={(row) => row.id}
      columns={[
        { id: 'what', title: t`What is asked`, isHead: true, cell: (row) => <span className={styles.person}><span className="grow">{kinds[row.kind]}<small className={styles.short}>{row.number}</small></span></span> },
        { id: 'who', isSlim: true, title: t`Who`, cell: (row) => (row.member_id ? <MemberName id={row.member_id} people={people} otherwise="–" /> : <bdi>{row.name ?? t`Somebody from outside`}</bdi>) },
        { id: 'at', isSlim: true, title: t`Received`, cell: (row) => <time dateTime={row.received_at}>{day(row.received_at, i18n.locale)}</time> },
        { id: 'due', isSlim: true, title: t`To be answered by`, cell: (row) => <Due of={row} /> },
        { id: 'by', isSlim: true, title: t`Taken up by`, cell: (row) => (row.handler_id ? <MemberName id={row.handler_id} people={people} otherwise="–" /> : '–') },
        { id: 'state', isSlim: true, title: t`State`, cell: (row) => <Chip tone={states[row.state][0]}>{states[row.state][1]}</Chip> },
        { id: 'open', isSlim: true, title: t`Actions`, isTitleHidden: true, isNumber: true, cell: (row) => <Button size="s" aria-label={t`Open request ${row.number}`} onPress={() => onOpen(row)}><Trans>Open</Trans></Button> },
      ]}
    />
  )
}
