/** What the server does by itself: cleaning up, sending, destroying keys. */
import { useLingui } from '@lingui/react/macro'
import { useInfiniteQuery } from '@tanstack/react-query'
import { rowsOf } from '~/api/client'
import type { JobState } from '~/api/types'
import { dayAndClock } from '~/lib/dates'
import { PageBody, PageHead } from '~/shell/Page'
import { PageTitle } from '~/shell/PageTitle'
import { QueryState } from '~/shell/QueryState'
import { useSlug } from '~/shell/routes'
import { Chip } from '~/ui/Chip'
import { Skeleton } from '~/ui/Skeleton'
import { EmptyState } from '~/ui/State'
import { Table } from '~/ui/Table'
import { adminStart } from './AdminLayout'
import styles from './admin.module.css'
import { folded, useJobNames, useJobStates } from './jobNames'
import { jobs } from './queries'
import { ShowMore } from './ShowMore'

export function JobsPage() {
  const { t, i18n } = useLingui()
  const slug = useSlug()
  const found = useInfiniteQuery(jobs())
  const rows = folded(rowsOf<'/v1/jobs'>(found.data))
  const nameOf = useJobNames()
  return (
    <>
      <PageTitle>{t`Jobs`}</PageTitle>
      <PageHead title={t`Jobs`} lead={t`What the server does by itself. A job that fails is tried again, later each time.`} back={adminStart(slug)} />
      <PageBody>
        <QueryState of={{ data: found.data, error: found.error, refetch: found.refetch }} skeleton={<Skeleton kind="table" />}>
          {() =>
            rows.length === 0 ? (
              <EmptyState title={t`No jobs have run yet`} />
            ) : (
              <Table
                label={t`Jobs`}
                rows={rows}
                rowKey={({ job }) => job.id}
                columns={[
                  { id: 'name', title: t`Job`, isHead: true, cell: ({ job, count }) => <>{nameOf(job.name)}{count > 1 && <span className={styles.times}> × {count.toLocaleString(i18n.locale)}</span>}</> },
                  { id: 'state', title: t`State`, isWord: true, cell: ({ job }) => <State job={job} /> },
                  { id: 'tries', title: t`Tries`, isNumber: true, cell: ({ job }) => job.attempts },
                  { id: 'due', title: t`Due`, cell: ({ job }) => <time dateTime={job.run_at}>{dayAndClock(job.run_at, i18n.locale)}</time> },
                  { id: 'end', title: t`Ended`, cell: ({ job }) => (job.finished_at ? <time dateTime={job.finished_at}>{dayAndClock(job.finished_at, i18n.locale)}</time> : '–') },
                  { id: 'error', title: t`Error`, cell: ({ job }) => <bdi>{job.error_code ?? '–'}</bdi> },
                ]}
              />
            )
          }
        </QueryState>
        <ShowMore of={found} />
      </PageBody>
    </>
  )
}

function State({ job }: { job: JobState }) {
  const [tone, word] = useJobStates()(job.state)
  return <Chip tone={tone}>{word}</Chip>
}
