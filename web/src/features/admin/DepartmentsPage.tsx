/** The structure of the organisation: added, renamed, moved by pointer and keyboard, merged, archived, removed when empty. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Archive, EyeOff, FolderTree, Plus, UserCog } from 'lucide-react'
import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import type { Department } from '~/api/types'
import { departmentName, departmentOf, departments, departmentsBelow, departmentTops, isDepartmentBelow } from '~/shell/members'
import { PageBody, PageHead } from '~/shell/Page'
import { PageTitle } from '~/shell/PageTitle'
import { QueryState } from '~/shell/QueryState'
import { useSlug } from '~/shell/routes'
import { useMay, useMe } from '~/shell/session'
import { Button } from '~/ui/Button'
import { Chip } from '~/ui/Chip'
import { SearchField } from '~/ui/SearchField'
import { Segmented } from '~/ui/Segmented'
import { Skeleton } from '~/ui/Skeleton'
import { EmptyState } from '~/ui/State'
import { Switch } from '~/ui/Switch'
import { Tree, type TreeNode } from '~/ui/Tree'
import { adminStart } from './AdminLayout'
import { DepartmentDialog } from './DepartmentDialog'
import { DepartmentHits } from './DepartmentHits'
import { DepartmentMenu } from './DepartmentMenu'
import { placeOf, wayBack, type Where } from './places'
import { useDepartmentChange } from './useDepartmentChange'
import styles from './admin.module.css'

/** A tree of more lines than these begins closed. */
const MANY = 200
const NONE: readonly Department[] = []

export function DepartmentsPage() {
  const { t } = useLingui()
  const slug = useSlug()
  const found = useQuery(departments())
  const [isAdding, setAdding] = useState(false)
  const [showsArchived, setShowsArchived] = useState(false)
  const [typed, setTyped] = useState('')
  const [shown, setShown] = useState<string | null>(null)
  const [isWhole, setWhole] = useState(false)
  const wanted = useDeferredValue(typed.trim())
  const all = found.data?.items ?? NONE
  const inUse = useMemo(() => all.filter((one) => !one.is_archived), [all])
  // Whoever looks after a part of it finds that part, and not a tree to look for it in.
  const hasPart = useMe()?.has_part === true
  const part = useMemo(() => (hasPart ? departmentTops(all, (one) => one.can.edit) : NONE), [all, hasPart])
  const type = (words: string) => {
    setTyped(words)
    // Whoever leaves the search by clearing it stays in its field.
    if (words !== '') setShown(null)
  }
  const show = (one: Department) => {
    setShown(one.id)
    setTyped('')
    // Otherwise the tree would not have it.
    if (one.is_archived) setShowsArchived(true)
    if (!part.some((top) => isDepartmentBelow(all, one.id, top.id))) setWhole(true)
  }
  // At the top of the tree adds whoever manages all of it; the others add below what is theirs.
  const mayManage = useMay()('departments.manage')
  const canAdd = mayManage && found.data !== undefined && all.every((one) => one.can.edit)
  return (
    <>
      <PageTitle>{t`Departments`}</PageTitle>
      <PageHead width="narrow" title={t`Departments`} back={adminStart(slug)} actions={canAdd && <Button variant="primary" icon={Plus} onPress={() => setAdding(true)}><Trans>Add a department</Trans></Button>} />
      <PageBody width="narrow">
        <QueryState of={found} skeleton={<Skeleton kind="table" />}>
          {({ items }) =>
            items.length === 0 ? (
              <EmptyState title={t`No departments yet`}><Trans>Departments order the directory, and whole departments can be added to a group.</Trans></EmptyState>
            ) : (
              <>
                <div className={styles.tools}>
                  <SearchField label={t`Find a department`} value={typed} onChange={type} />
                  {wanted === '' && part.length > 0 && (
                    <Segmented
                      label={t`Which departments`}
                      value={isWhole ? 'whole' : 'mine'}
                      onChange={(id) => setWhole(id === 'whole')}
                      views={[{ id: 'mine', label: t`My part` }, { id: 'whole', label: t`Whole organisation` }]}
                    />
                  )}
                </div>
                {wanted === '' && items.some((one) => one.is_archived) && <Switch isSelected={showsArchived} onChange={setShowsArchived}><Trans>Show archived departments</Trans></Switch>}
                {wanted === '' ? <Structure key={String(isWhole)} all={showsArchived ? items : inUse} part={part} isWhole={isWhole || part.length === 0} shown={shown} /> : <DepartmentHits all={items} words={wanted} onShow={show} />}
              </>
            )
          }
        </QueryState>
      </PageBody>
      {isAdding && <DepartmentDialog all={all} onClose={() => setAdding(false)} />}
    </>
  )
}

interface StructureProps {
  all: readonly Department[]
  /** Where what one looks after begins; none where that is all of it. */
  part: readonly Department[]
  /** Whether all of it is drawn, with that part open. */
  isWhole: boolean
  shown: string | null
}

function Structure({ all, part, isWhole, shown }: StructureProps) {
  const { t } = useLingui()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (shown === null) return
    // The tree draws its lines a moment after itself.
    const soon = requestAnimationFrame(() => {
      const line = box.current?.querySelector<HTMLElement>(`[data-key="${shown}"]`)
      line?.focus()
      line?.scrollIntoView({ block: 'center' })
    })
    return () => cancelAnimationFrame(soon)
  }, [shown])
  const change = useDepartmentChange()
  const move = (department: Department, where: Where) => {
    const { name } = department
    void change(department, where, t`${name} moved`, wayBack(all, department, where))
  }
  const nodes = (of: readonly Department[]): TreeNode[] =>
    of.map((one) => ({
      id: one.id,
      label: part.includes(one) && !isWhole ? (departmentName(all, one.id) ?? one.name) : one.name,
      icon: FolderTree,
      count: one.member_count,
      isMovable: one.can.edit,
      end: (
        <span className={styles.link}>
          {isWhole && part.includes(one) && <Chip isTag icon={UserCog}><Trans>yours</Trans></Chip>}
          {one.sight?.is_hidden === true && <Chip isTag icon={EyeOff}><Trans>hidden</Trans></Chip>}
          {one.is_archived && <Chip isTag icon={Archive}><Trans>archived</Trans></Chip>}
          {one.can.edit && <DepartmentMenu all={all} department={one} onMove={(where) => move(one, where)} />}
        </span>
      ),
      hasChildren: departmentsBelow(all, one.id).length > 0,
      children: () => nodes(departmentsBelow(all, one.id)),
    }))
  const own = part.map((one) => one.id)
  const tops = all.filter((one) => departmentsBelow(all, one.id).length > 0).map((one) => one.id)
  return (
    <div ref={box}>
      <Tree
        label={t`Departments`}
        nodes={nodes(isWhole ? departmentsBelow(all, null) : part.filter((one) => departmentOf(all, one.id)))}
        current={shown}
        defaultExpanded={all.length > MANY ? [...own, ...own.flatMap((id) => above(all, id)), ...above(all, shown)] : tops}
        onMove={(id, position, other) => {
          const department = departmentOf(all, id)
          const where = department && placeOf(all, department, position, other)
          if (department && where) move(department, where)
        }}
      />
    </div>
  )
}

/** Those that must be open for one to be seen. */
function above(all: readonly Department[], id: string | null): string[] {
  const ids = new Set<string>()
  for (let one = departmentOf(all, departmentOf(all, id)?.parent_id); one && !ids.has(one.id); one = departmentOf(all, one.parent_id)) ids.add(one.id)
  return [...ids]
}
