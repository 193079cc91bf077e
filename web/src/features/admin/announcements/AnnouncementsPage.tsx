/** What was announced, to whom, and how many have read it. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Megaphone } from 'lucide-react'
import { useState } from 'react'
import { rowsOf } from '~/api/client'
import type { AnnouncementState, WrittenAnnouncement } from '~/api/types'
import { day } from '~/lib/dates'
import { listOf } from '~/lib/lists'
import { useIsOn } from '~/shell/applications'
import { MemberName } from '~/shell/MemberName'
import { departmentName, departments, useMembersById } from '~/shell/members'
import { PageBody, PageHead } from '~/shell/Page'
import { PageTitle } from '~/shell/PageTitle'
import { QueryState } from '~/shell/QueryState'
import { useSlug } from '~/shell/routes'
import { SwitchedOffPage } from '~/shell/SwitchedOff'
import { Button } from '~/ui/Button'
import { Chip, type Tone } from '~/ui/Chip'
import { Skeleton } from '~/ui/Skeleton'
import { EmptyState } from '~/ui/State'
import { Table } from '~/ui/Table'
import { adminStart } from '../AdminLayout'
import styles from '../admin.module.css'
import { writtenAnnouncements } from '../queries'
import { ShowMore } from '../ShowMore'
import { AnnouncementDialog } from './AnnouncementDialog'
import { AnnouncementMenu } from './AnnouncementMenu'
import { UnconfirmedDialog } from './UnconfirmedDialog'

type Asking = { what: 'write' } | { what: 'edit' | 'look'; id: string } | null

export function AnnouncementsPage() {
  return useIsOn()('announcements') ? <Announcements /> : <SwitchedOffPage />
}

function Announcements() {
  const { t } = useLingui()
  const slug = useSlug()
  const found = useInfiniteQuery(writtenAnnouncements())
  const rows = rowsOf<'/v1/announcements/written'>(found.data)
  const can = found.data?.pages[0]?.can
  const [asking, setAsking] = useState<Asking>(null)
  const close = () => setAsking(null)
  // As it is now: somebody else may have changed it meanwhile.
  const about = asking !== null && asking.what !== 'write' ? rows.find((row) => row.id === asking.id) : undefined
  return (
    <>
      <PageTitle>{t`Announcements`}</PageTitle>
      <PageHead
        title={t`Announcements`}
        lead={t`What everyone, or some departments, should know. It stands at the top of their pages until they have read it.`}
        back={adminStart(slug)}
        actions={can && <Button variant="primary" icon={Megaphone} onPress={() => setAsking({ what: 'write' })}><Trans>New announcement</Trans></Button>}
      />
      <PageBody>
        <QueryState of={found} skeleton={<Skeleton kind="table" rows={4} />}>
          {() => (rows.length === 0 ? <EmptyState title={t`Nothing was announced yet`}><Trans>Write what everyone should know.</Trans></EmptyState> : <List rows={rows} onAsk={setAsking} />)}
        </QueryState>
        <ShowMore of={found} />
      </PageBody>
      {asking?.what === 'write' && can && <AnnouncementDialog can={can} onClose={close} />}
      {asking?.what === 'edit' && about && can && <AnnouncementDialog announcement={about} can={can} onClose={close} />}
      {asking?.what === 'look' && about && <UnconfirmedDialog announcement={about} onClose={close} />}
    </>
  )
}

function List({ rows, onAsk }: { rows: WrittenAnnouncement[]; onAsk: (asking: Asking) => void }) {
  const { t, i18n } = useLingui()
  const people = useMembersById(rows.map((row) => row.author_id))
  const all = useQuery(departments()).data?.items ?? []
  const states: Record<AnnouncementState, [Tone, string]> = {
    shown: ['ok', t({ message: 'shown', context: 'of an announcement' })],
    ended: ['plain', t({ message: 'over', context: 'of an announcement' })],
    withdrawn: ['warn', t({ message: 'withdrawn', context: 'of an announcement' })],
  }
  const whom = (row: WrittenAnnouncement) => listOf(i18n.locale, row.department_ids.map((id) => departmentName(all, id) ?? t`a department that is gone`)) || t`everyone`
  return (
    <Table
      label={t`Announcements`}
      rows={rows}
      rowKey={(row) => row.id}
      columns={[
        { id: 'title', title: t({ message: 'Title', context: 'of an announcement' }), isHead: true, cell: (row) => <span className={styles.person}><span className="grow"><bdi>{row.title}</bdi><small><MemberName id={row.author_id} people={people} otherwise="–" /></small></span></span> },
        { id: 'whom', isSlim: true, title: t`Whom it concerns`, cell: (row) => <bdi>{whom(row)}</bdi> },
        { id: 'at', isSlim: true, title: t({ message: 'Published', context: 'when' }), cell: (row) => <time dateTime={row.at}>{day(row.at, i18n.locale)}</time> },
        { id: 'until', isSlim: true, title: t`Shown until`, cell: (row) => (row.until ? <time dateTime={row.until}>{day(new Date(Date.parse(row.until) - 1).toISOString(), i18n.locale)}</time> : '–') },
        { id: 'read', isSlim: true, title: t({ message: 'Read', context: 'by how many' }), cell: (row) => <Reached row={row} /> },
        { id: 'state', isSlim: true, title: t`State`, cell: (row) => <Chip tone={states[row.state][0]}>{states[row.state][1]}</Chip> },
        { id: 'more', isSlim: true, title: t`Actions`, isTitleHidden: true, isNumber: true, cell: (row) => <AnnouncementMenu announcement={row} onEdit={() => onAsk({ what: 'edit', id: row.id })} onLook={() => onAsk({ what: 'look', id: row.id })} /> },
      ]}
    />
  )
}

/** Of those whom it concerns now. */
function Reached({ row }: { row: WrittenAnnouncement }) {
  const { t, i18n } = useLingui()
  const [all, read, confirmed] = [row.audience_count, row.read_count, row.confirmed_count].map((count) => i18n.number(count))
  return (
    <span>
      {t`${read} of ${all} read`}
      {row.must_be_confirmed && <small className={styles.count}> · {t`${confirmed} confirmed`}</small>}
    </span>
  )
}
