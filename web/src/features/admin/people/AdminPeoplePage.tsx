/** Everybody in the organisation, and what an administrator can do for them. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { Download, Ellipsis, FileUp, UserPlus } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { rowsOf } from '~/api/client'
import { useIsPhone } from '~/lib/useMedia'
import type { AddedMember, Member } from '~/api/types'
import { useIsOn } from '~/shell/applications'
import { links } from '~/shell/links'
import { MemberAvatar } from '~/shell/MemberAvatar'
import { departmentNames, departments } from '~/shell/members'
import { PageBody, PageHead } from '~/shell/Page'
import { PageTitle } from '~/shell/PageTitle'
import { QueryState } from '~/shell/QueryState'
import { useSlug } from '~/shell/routes'
import { useMay, useMe } from '~/shell/session'
import { Button, ButtonLink } from '~/ui/Button'
import { IconButton } from '~/ui/IconButton'
import { Menu, MenuItem } from '~/ui/Menu'
import { SearchField } from '~/ui/SearchField'
import { Segmented } from '~/ui/Segmented'
import { Select } from '~/ui/Select'
import { Skeleton } from '~/ui/Skeleton'
import { EmptyState } from '~/ui/State'
import { Table } from '~/ui/Table'
import { adminStart } from '../AdminLayout'
import styles from '../admin.module.css'
import { people } from '../queries'
import { ExportDialog } from './ExportDialog'
import { LISTED, queryOf, type Listed, type PeopleSearch } from './filter'
import { PeopleLimit } from './PeopleLimit'
import { PersonDialog } from './PersonDialog'
import { PersonMenu } from './PersonMenu'
import { SecretDialog } from './SecretDialog'
import { StateChip } from './StateChip'
import { useRoles } from './useRoles'
import { useStateNames } from './words'

const route = getRouteApi('/o/$slug/admin/people')

export function AdminPeoplePage() {
  const { t } = useLingui()
  const slug = useSlug()
  const may = useMay()
  const isOn = useIsOn()
  const [typed, setTyped] = useState('')
  const search: PeopleSearch = route.useSearch()
  const hasPart = useMe()?.has_part === true
  const wanted = useDeferredValue(typed.trim())
  // Whoever may not see who is in which state has no choice of states, whatever the address says.
  const state = may('people.see') ? search.state : undefined
  const filter = { query: wanted === '' ? undefined : wanted, state, is_mine: hasPart && search.everybody === undefined ? (true as const) : undefined }
  const found = useInfiniteQuery(people(filter))
  const rows = rowsOf<'/v1/members'>(found.data)
  const [isAdding, setAdding] = useState(false)
  const [isExporting, setExporting] = useState(false)
  const [added, setAdded] = useState<AddedMember | null>(null)
  const isPhone = useIsPhone()
  const nobody = filter.is_mine === true ? t`Nobody is in your part` : t`Nobody is here`
  const emptiness = wanted !== '' ? t`Nobody matches “${wanted}”` : state === undefined ? nobody : t`Nobody is in this state`
  const mayExport = may('people.see') && isOn('people_exports')
  const mayImport = may('people.import')
  return (
    <>
      <PageTitle>{t`People`}</PageTitle>
      <PageHead
        title={t`People`}
        back={adminStart(slug)}
        actions={
          <>
            {isPhone && (mayExport || mayImport) && (
              <Menu label={t`More`} trigger={<IconButton icon={Ellipsis} size="touch" label={t`More`} />}>
                {mayExport && <MenuItem icon={Download} onAction={() => setExporting(true)}>{t`Export`}</MenuItem>}
                {mayImport && <MenuItem icon={FileUp} href={links.import(slug)}>{t`Import`}</MenuItem>}
              </Menu>
            )}
            {!isPhone && mayExport && <Button icon={Download} onPress={() => setExporting(true)}><Trans>Export</Trans></Button>}
            {!isPhone && mayImport && <ButtonLink icon={FileUp} href={links.import(slug)}><Trans>Import</Trans></ButtonLink>}
            {may('people.add') && <Button variant="primary" icon={UserPlus} onPress={() => setAdding(true)}><Trans>Add a person</Trans></Button>}
          </>
        }
      />
      <PageBody>
        <div className={styles.tools}>
          <SearchField label={t`Search people`} placeholder={t`Name, pinyin, staff number`} value={typed} onChange={setTyped} />
          <Filters search={{ ...search, state }} hasPart={hasPart} />
        </div>
        <PeopleLimit />
        <QueryState of={{ data: found.data, error: found.error, refetch: found.refetch }} skeleton={<Skeleton kind="table" />}>
          {() => (rows.length === 0 ? <EmptyState kind="none" title={emptiness} /> : <PeopleTable rows={rows} />)}
        </QueryState>
        {found.hasNextPage && (
          <div className={styles.end}>
            <Button isPending={found.isFetchingNextPage} onPress={() => void found.fetchNextPage()}><Trans>Show more</Trans></Button>
          </div>
        )}
      </PageBody>
      {isExporting && <ExportDialog filter={filter} onClose={() => setExporting(false)} />}
      {isAdding && (
        <PersonDialog
          onClose={() => setAdding(false)}
          onAdded={(answer) => {
            setAdding(false)
            setAdded(answer)
          }}
        />
      )}
      {added && <SecretDialog name={added.member.name} password={added.initial_password} expiresAt={added.initial_password_expires_at} isInvited={added.is_invited} onClose={() => setAdded(null)} />}
    </>
  )
}

/** Which part of the people, and in which state. */
function Filters({ search, hasPart }: { search: PeopleSearch; hasPart: boolean }) {
  const { t } = useLingui()
  const slug = useSlug()
  const may = useMay()
  const router = useRouter()
  const names = useStateNames()
  const choose = (next: PeopleSearch) => void router.navigate({ href: `${links.admin(slug, 'people')}?${queryOf(next)}`, replace: true })
  const { everybody, state } = search
  return (
    <>
      {hasPart && (
        <Segmented
          label={t`Whose list`}
          value={everybody === true ? 'everybody' : 'mine'}
          onChange={(id) => choose({ ...(state === undefined ? {} : { state }), ...(id === 'everybody' ? { everybody: true } : {}) })}
          views={[{ id: 'mine', label: t`My part` }, { id: 'everybody', label: t`Everyone` }]}
        />
      )}
      {may('people.see') && (
        <Select<Listed | 'all'>
          label={t`State`}
          isLabelHidden
          value={state ?? 'all'}
          onChange={(id) => choose({ ...(everybody === undefined ? {} : { everybody }), ...(id === 'all' ? {} : { state: id }) })}
          choices={[{ id: 'all', label: t`In any state` }, ...LISTED.map((id) => ({ id, label: names[id] }))]}
        />
      )}
    </>
  )
}

function PeopleTable({ rows }: { rows: readonly Member[] }) {
  const { t, i18n } = useLingui()
  const all = useQuery(departments()).data?.items ?? []
  const rolesOf = useRoles(rows)
  return (
    <Table
      label={t`People`}
      rows={rows}
      rowKey={(row) => row.id}
      columns={[
        {
          id: 'name',
          title: t`Name`,
          isHead: true,
          cell: (row) => (
            <span className={styles.person}>
              <MemberAvatar member={row} size={28} />
              <span className="grow">
                {row.name}
                {row.position && <small>{row.position}</small>}
              </span>
            </span>
          ),
        },
        { id: 'login', title: t`Signs in with`, cell: (row) => <bdi>{[row.user_id, row.phone, row.email].filter(Boolean)[0] ?? '–'}</bdi> },
        { id: 'department', title: t`Department`, cell: (row) => <bdi>{departmentNames(all, row.department_ids, i18n.locale) || '–'}</bdi> },
        { id: 'role', title: t`Role`, cell: (row) => <bdi>{rolesOf(row)}</bdi> },
        { id: 'state', title: t`State`, cell: (row) => <StateChip state={row.state} /> },
        { id: 'more', title: t`Actions`, isTitleHidden: true, isNumber: true, cell: (row) => <PersonMenu member={row} /> },
      ]}
    />
  )
}
