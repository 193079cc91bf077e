/** Everybody in the organisation, and what an administrator can do for them. */
import { Trans, useLingui } from '@lingui/react/macro'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { Download, Ellipsis, FileUp, UserPlus } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { useIsPhone } from '~/lib/useMedia'
import type { AddedMember } from '~/api/types'
import { useIsOn } from '~/shell/applications'
import { links } from '~/shell/links'
import { PageBody, PageHead } from '~/shell/Page'
import { PageTitle } from '~/shell/PageTitle'
import { QueryState } from '~/shell/QueryState'
import { useSlug } from '~/shell/routes'
import { useMay, useMayImport, useMe } from '~/shell/session'
import { useFound } from '~/shell/useFound'
import { Button, ButtonLink } from '~/ui/Button'
import { IconButton } from '~/ui/IconButton'
import { Menu, MenuItem } from '~/ui/Menu'
import { SearchField } from '~/ui/SearchField'
import { Segmented } from '~/ui/Segmented'
import { Select } from '~/ui/Select'
import { Skeleton } from '~/ui/Skeleton'
import { EmptyState } from '~/ui/State'
import { adminStart } from '../AdminLayout'
import styles from '../admin.module.css'
import { ExportDialog } from './ExportDialog'
import { LISTED, queryOf, type Listed, type PeopleSearch } from './filter'
import { PeopleLimit } from './PeopleLimit'
import { PeopleTable } from './PeopleTable'
import { PersonDialog } from './PersonDialog'
import { SecretDialog } from './SecretDialog'
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
  const found = useFound(filter)
  const [isAdding, setAdding] = useState(false)
  const [isExporting, setExporting] = useState(false)
  const [added, setAdded] = useState<AddedMember | null>(null)
  const isPhone = useIsPhone()
  const nobody = filter.is_mine === true ? t`Nobody is in your part` : t`Nobody is here`
  const emptiness = wanted !== '' ? t`Nobody matches “${wanted}”` : state === undefined ? nobody : t`Nobody is in this state`
  const mayExport = may('people.see') && isOn('people_exports')
  const mayImport = useMayImport()
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
        <QueryState of={found.state} skeleton={<Skeleton kind="table" />}>
          {() => (found.rows.length === 0 ? <EmptyState kind="none" title={emptiness} /> : <PeopleTable found={found} />)}
        </QueryState>
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
