/** The groups of people of the organisation: by hand or by a rule, with how many are in them and what is wrong. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Plus, TriangleAlert } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { rowsOf } from '~/api/client'
import type { PeopleGroup } from '~/api/types'
import { PageBody, PageHead } from '~/shell/Page'
import { PageTitle } from '~/shell/PageTitle'
import { QueryState } from '~/shell/QueryState'
import { useSlug } from '~/shell/routes'
import { Button } from '~/ui/Button'
import { Chip } from '~/ui/Chip'
import { SearchField } from '~/ui/SearchField'
import { Skeleton } from '~/ui/Skeleton'
import { EmptyState } from '~/ui/State'
import { Table } from '~/ui/Table'
import { adminStart } from '../AdminLayout'
import styles from '../admin.module.css'
import { peopleGroups } from '../queries'
import { ShowMore } from '../ShowMore'
import { GroupMembersDialog } from './GroupMembersDialog'
import { OpenGroup } from './OpenGroup'
import { PeopleGroupDialog } from './PeopleGroupDialog'
import { PeopleGroupMenu } from './PeopleGroupMenu'
import { useKindNames } from './words'

type Asking = { what: 'make' } | { what: 'edit' | 'members'; group: PeopleGroup } | null

export function PeopleGroupsPage() {
  const { t } = useLingui()
  const slug = useSlug()
  const [words, setWords] = useState('')
  const wanted = useDeferredValue(words.trim())
  const found = useInfiniteQuery(peopleGroups(wanted))
  const [asking, setAsking] = useState<Asking>(null)
  const close = () => setAsking(null)
  const canCreate = found.data?.pages[0]?.can_create === true
  const make = canCreate && <Button variant="primary" icon={Plus} onPress={() => setAsking({ what: 'make' })}><Trans>New directory group</Trans></Button>
  return (
    <>
      <PageTitle>{t`Directory groups`}</PageTitle>
      <PageHead
        title={t`Directory groups`}
        lead={t`People under one name, for sharing and for starting conversations. A rule keeps its group up to date by itself.`}
        back={adminStart(slug)}
        actions={make}
      />
      <PageBody>
        <div className={styles.tools}><SearchField label={t`Find a directory group`} placeholder={t`Name or pinyin`} value={words} onChange={setWords} /></div>
        <QueryState of={found} skeleton={<Skeleton kind="table" rows={6} />}>
          {(data) => <Groups groups={rowsOf<'/v1/people-groups'>(data)} wanted={wanted} onAsk={setAsking} />}
        </QueryState>
        <ShowMore of={found} />
      </PageBody>
      {asking?.what === 'make' && <PeopleGroupDialog onClose={close} />}
      {asking?.what === 'edit' && <OpenGroup id={asking.group.id} onClose={close} />}
      {asking?.what === 'members' && <GroupMembersDialog group={asking.group} onClose={close} />}
    </>
  )
}

function Groups({ groups, wanted, onAsk }: { groups: PeopleGroup[]; wanted: string; onAsk: (asking: Asking) => void }) {
  const { t } = useLingui()
  const kinds = useKindNames()
  if (groups.length === 0) {
    return wanted === '' ? (
      <EmptyState title={t`No directory groups yet`}><Trans>Put people together who belong together, by hand or by a rule.</Trans></EmptyState>
    ) : (
      <EmptyState kind="none" title={t`No group is called “${wanted}”`} />
    )
  }
  return (
    <Table
      label={t`Directory groups`}
      rows={groups}
      rowKey={(row) => row.id}
      columns={[
        { id: 'name', title: t({ message: 'Name', context: 'of a directory group' }), isHead: true, cell: (row) => <span className={styles.person}><span className="grow"><bdi>{row.name}</bdi>{row.note && <small><bdi>{row.note}</bdi></small>}</span></span> },
        { id: 'kind', title: t({ message: 'Made', context: 'of a directory group' }), cell: (row) => (row.managed ? kinds[row.managed.kind] : null) },
        { id: 'shown', title: t`Seen by`, cell: (row) => <Seen group={row} /> },
        { id: 'who', title: t`People`, isNumber: true, cell: (row) => <Button size="s" aria-label={t`Who is in ${row.name}: ${row.member_count ?? t`Look`}`} onPress={() => onAsk({ what: 'members', group: row })}>{row.member_count ?? t`Look`}</Button> },
        { id: 'more', title: t`Actions`, isTitleHidden: true, isNumber: true, cell: (row) => (row.can.edit ? <PeopleGroupMenu group={row} onEdit={() => onAsk({ what: 'edit', group: row })} /> : null) },
      ]}
    />
  )
}

function Seen({ group: { managed } }: { group: PeopleGroup }) {
  if (managed && managed.problems.length > 0) return <Chip tone="warn" icon={TriangleAlert}><Trans>needs mending</Trans></Chip>
  if (managed?.is_withheld) return <Chip tone="info"><Trans>administrators, because of its rule</Trans></Chip>
  return managed?.is_shown === false ? <Trans>administrators</Trans> : <Trans>everyone</Trans>
}
