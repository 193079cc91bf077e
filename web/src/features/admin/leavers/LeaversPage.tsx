/** Everybody who is let in no more: until when, and how much of theirs is still to be handed over. */
import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useInfiniteQuery } from '@tanstack/react-query'
import { rowsOf } from '~/api/client'
import type { Leaver } from '~/api/types'
import { isolated } from '~/lib/bidi'
import { day } from '~/lib/dates'
import { links } from '~/shell/links'
import { PageBody, PageHead } from '~/shell/Page'
import { PageTitle } from '~/shell/PageTitle'
import { QueryState } from '~/shell/QueryState'
import { useSlug } from '~/shell/routes'
import { Button, ButtonLink } from '~/ui/Button'
import { Skeleton } from '~/ui/Skeleton'
import { EmptyState } from '~/ui/State'
import { Table } from '~/ui/Table'
import styles from '../admin.module.css'
import { adminStart } from '../AdminLayout'
import { StateChip } from '../people/StateChip'
import { handOvers } from '../queries'

export function LeaversPage() {
  const { t } = useLingui()
  const slug = useSlug()
  const found = useInfiniteQuery(handOvers())
  const rows = rowsOf<'/v1/hand-overs'>(found.data)
  return (
    <>
      <PageTitle>{t`Hand-over`}</PageTitle>
      <PageHead title={t`Hand-over`} lead={t`Whoever is let in no more, those who were shut out last at the top. What was theirs waits here for a successor.`} back={adminStart(slug)} />
      <PageBody>
        <QueryState of={{ data: found.data, error: found.error, refetch: found.refetch }} skeleton={<Skeleton kind="table" />}>
          {() =>
            rows.length === 0 ? (
              <EmptyState title={t`Nobody is leaving`}><Trans>People who are suspended, disabled or leaving appear here.</Trans></EmptyState>
            ) : (
              <LeaversTable rows={rows} />
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

function LeaversTable({ rows }: { rows: readonly Leaver[] }) {
  const { t, i18n } = useLingui()
  const slug = useSlug()
  const until = (row: Leaver) => {
    if (typeof row.until !== 'string') return '–'
    return row.state === 'leaving' ? t`erased ${day(row.until, i18n.locale)}` : t`leaves ${day(row.until, i18n.locale)}`
  }
  return (
    <Table
      label={t`Hand-over`}
      rows={rows}
      rowKey={(row) => row.member_id}
      columns={[
        { id: 'name', title: t`Name`, isHead: true, cell: (row) => <bdi>{row.name}</bdi> },
        { id: 'state', title: t`State`, cell: (row) => <StateChip state={row.state} /> },
        { id: 'since', title: t`Since`, cell: (row) => <time dateTime={row.since}>{day(row.since, i18n.locale)}</time> },
        { id: 'until', title: t`What comes next`, cell: until },
        { id: 'open', title: t`Still open`, cell: (row) => (row.open_count === 0 ? t`nothing` : plural(row.open_count, { one: '# thing', other: '# things' })) },
        {
          id: 'more',
          title: t`Actions`,
          isTitleHidden: true,
          isNumber: true,
          cell: (row) => (
            <ButtonLink size="s" href={links.leaver(slug, row.member_id)} aria-label={t`Open the hand-over of ${isolated(row.name)}`}>
              <Trans>Open</Trans>
            </ButtonLink>
          ),
        },
      ]}
    />
  )
}
