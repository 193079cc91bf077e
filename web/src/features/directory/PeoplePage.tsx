/** Finding people: by department, by name, pinyin or number. */
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Outlet, useNavigate, useParams } from '@tanstack/react-router'
import { Building, MapPin, Network, UserPlus, Users } from 'lucide-react'
import { useDeferredValue, useEffect } from 'react'
import type { Department, Member } from '~/api/types'
import { useIsPhone } from '~/lib/useMedia'
import { DepartmentField } from '~/shell/DepartmentField'
import { DirectoryPhoneHead, DirectoryTabs } from '~/shell/DirectoryTabs'
import { links } from '~/shell/links'
import { departmentOf, departments, departmentsBelow } from '~/shell/members'
import { Columns, SideHead } from '~/shell/Page'
import { PageTitle } from '~/shell/PageTitle'
import { peopleCount } from '~/shell/people'
import { useSlug } from '~/shell/routes'
import { isSingleKey } from '~/shell/shortcuts'
import { useMay, useOrganisationName } from '~/shell/session'
import { Icon } from '~/ui/Icon'
import { IconButton } from '~/ui/IconButton'
import { SearchField } from '~/ui/SearchField'
import { Tree, type TreeNode } from '~/ui/Tree'
import { person } from './queries'
import { PeopleList } from './PeopleList'
import styles from './PeoplePage.module.css'
import { useTyped } from './useTyped'

const route = getRouteApi('/o/$slug/people')
const EVERYBODY = 'all'
const NOBODY: readonly Department[] = []

export function PeoplePage() {
  const { t } = useLingui()
  const slug = useSlug()
  const { member } = useParams({ strict: false })
  const search = route.useSearch()
  const navigate = useNavigate()
  const isPhone = useIsPhone()
  const name = useOrganisationName()
  const all = useQuery(departments()).data?.items ?? NOBODY
  const count = useQuery(peopleCount({})).data?.count
  const [typed, setTyped] = useTyped(search.q ?? '', search.department)
  const wanted = useDeferredValue(typed.trim())
  const current = departmentOf(all, search.department)
  const marked = useQuery({ ...person(member ?? ''), enabled: member !== undefined }).data
  // Whoever comes to somebody straight away, past every department, sees where that is.
  const home = departmentOf(all, marked?.department_ids[0])

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!isSingleKey(event, '/')) return
      event.preventDefault()
      document.querySelector<HTMLElement>('[data-people-search] input')?.focus()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [])

  const open = (id: string) => {
    setTyped('')
    void navigate({ href: id === EVERYBODY ? links.people(slug) : links.department(slug, id) })
  }
  const canInvite = useMay()('people.add')
  const field = <SearchField label={t`Search people`} placeholder={t`Name, pinyin, staff number`} value={typed} onChange={setTyped} />
  const title = wanted === '' ? (current?.name ?? name) : t`Search`

  return (
    <>
      <PageTitle>{t`Directory`}</PageTitle>
      <Columns
        size="list"
        phone={member === undefined ? 'main' : 'aside'}
        aside={member === undefined ? undefined : <Outlet />}
        side={
          <>
            <SideHead
              title={t`Directory`}
              actions={
                <>
                  <IconButton icon={Network} size="s" label={t`Organisation chart`} href={links.chart(slug)} />
                  {canInvite && <IconButton icon={UserPlus} size="s" label={t`Add people`} href={links.admin(slug, 'people')} />}
                </>
              }
            />
            <DirectoryTabs current="people" />
            <div className={styles.search} data-people-search>{field}</div>
            <Tree
              label={t`Departments`}
              nodes={[treeOf({ all, name, count, marked })]}
              current={wanted === '' ? (current?.id ?? EVERYBODY) : null}
              onOpen={open}
              defaultExpanded={[EVERYBODY]}
              reveal={pathTo(all, current ?? home)}
            />
          </>
        }
      >
        {isPhone && (
          <DirectoryPhoneHead current="people">
            {field}
            {all.length > 0 && (
              <div className={styles.phoneRow}>
                <span className="grow"><DepartmentField label={t`Department`} isLabelHidden none={name} value={current?.id ?? null} onChange={(id) => open(id ?? EVERYBODY)} /></span>
                <IconButton icon={Network} size="touch" label={t`Organisation chart`} href={links.chart(slug)} />
              </div>
            )}
          </DirectoryPhoneHead>
        )}
        <PeopleList title={title} filter={{ department: wanted === '' ? current?.id : undefined, query: wanted === '' ? undefined : wanted }} departments={all} current={member} onPlace={(id) => id === search.department && setTyped('')} />
      </Columns>
    </>
  )
}

interface TreeOf {
  all: readonly Department[]
  name: string
  count: number | undefined
  /** Where the person is whose card is open, and who that is. */
  marked: Member | undefined
}

function treeOf({ all, name, count, marked }: TreeOf): TreeNode {
  const inUse = (parent: string | null) => departmentsBelow(all, parent).filter((one) => !one.is_archived)
  const below = (parent: string | null): TreeNode[] =>
    inUse(parent).map((one) => ({ id: one.id, label: one.name, icon: Users, count: one.member_count, mark: marked?.department_ids.includes(one.id) && <Here who={marked.name} />, hasChildren: inUse(one.id).length > 0, children: () => below(one.id) }))
  return { id: EVERYBODY, label: name, icon: Building, count, hasChildren: inUse(null).length > 0, children: () => below(null) }
}

/** Stands at the departments of whoever's card is open. */
function Here({ who }: { who: string }) {
  const { t } = useLingui()
  return <span className={styles.here} title={t`${who} is here`}><Icon icon={MapPin} size={13} label={t`${who} is here`} /></span>
}

/** From the line of everybody down to a department. */
function pathTo(all: readonly Department[], of: Department | undefined): string[] {
  return of ? [...pathTo(all, departmentOf(all, of.parent_id)), of.id] : [EVERYBODY]
}
