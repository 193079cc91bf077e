/** What the organisation announced to me, the newest first. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useInfiniteQuery } from '@tanstack/react-query'
import { pages, rowsOf } from '~/api/client'
import { useIsOn } from '~/shell/applications'
import { useMembersById } from '~/shell/members'
import { links } from '~/shell/links'
import { PageBody, PageHead } from '~/shell/Page'
import { PageTitle } from '~/shell/PageTitle'
import { QueryState } from '~/shell/QueryState'
import { useSlug } from '~/shell/routes'
import { SwitchedOffPage } from '~/shell/SwitchedOff'
import { Button } from '~/ui/Button'
import { Skeleton } from '~/ui/Skeleton'
import { EmptyState } from '~/ui/State'
import { AnnouncementCard } from './AnnouncementCard'
import styles from './announcements.module.css'

const announcements = () => pages('/v1/announcements', { query: { limit: 20 } }, 'before')

export function AnnouncementsPage() {
  return useIsOn()('announcements') ? <Announcements /> : <SwitchedOffPage />
}

function Announcements() {
  const { t } = useLingui()
  const slug = useSlug()
  const found = useInfiniteQuery(announcements())
  const rows = rowsOf<'/v1/announcements'>(found.data)
  const people = useMembersById(rows.map((row) => row.author_id))
  return (
    <div className={styles.page}>
      <PageTitle>{t`Announcements`}</PageTitle>
      <PageHead width="narrow" title={t`Announcements`} back={links.notifications(slug)} />
      <PageBody width="narrow">
        <QueryState of={found} skeleton={<Skeleton rows={4} />}>
          {() =>
            rows.length === 0 ? (
              <EmptyState title={t`No announcements`}><Trans>What your organisation tells everyone, or your department, appears here.</Trans></EmptyState>
            ) : (
              <ul className={styles.list}>
                {rows.map((row) => <li key={row.id}><AnnouncementCard of={row} people={people} /></li>)}
              </ul>
            )
          }
        </QueryState>
        {found.hasNextPage && (
          <div className={styles.older}>
            <Button isPending={found.isFetchingNextPage} onPress={() => void found.fetchNextPage()}><Trans>Show older</Trans></Button>
          </div>
        )}
      </PageBody>
    </div>
  )
}
