/** The structure of the organisation: added, renamed, moved by pointer and keyboard, merged, archived, removed when empty. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Archive, EyeOff, FolderTree, Plus } from 'lucide-react'
import { useState } from 'react'
import type { Department } from '~/api/types'
import { departmentOf, departments, departmentsBelow } from '~/shell/members'
import { PageBody, PageHead } from '~/shell/Page'
import { PageTitle } from '~/shell/PageTitle'
import { QueryState } from '~/shell/QueryState'
import { useSlug } from '~/shell/routes'
import { useMay } from '~/shell/session'
import { Button } from '~/ui/Button'
import { Chip } from '~/ui/Chip'
import { Skeleton } from '~/ui/Skeleton'
import { EmptyState } from '~/ui/State'
import { Switch } from '~/ui/Switch'
import { Tree, type TreeNode } from '~/ui/Tree'
import { adminStart } from './AdminLayout'
import { DepartmentDialog } from './DepartmentDialog'
import { DepartmentMenu } from './DepartmentMenu'
import { placeOf, wayBack, type Where } from './places'
import { useDepartmentChange } from './useDepartmentChange'
import styles from './admin.module.css'

export function DepartmentsPage() {
  const { t } = useLingui()
  const slug = useSlug()
  const found = useQuery(departments())
  const [isAdding, setAdding] = useState(false)
  const [showsArchived, setShowsArchived] = useState(false)
  // At the top of the tree adds whoever manages all of it; the others add below what is theirs.
  const mayManage = useMay()('departments.manage')
  const all = found.data?.items ?? []
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
                {items.some((one) => one.is_archived) && <Switch isSelected={showsArchived} onChange={setShowsArchived}><Trans>Show archived departments</Trans></Switch>}
                <Structure all={showsArchived ? items : items.filter((one) => !one.is_archived)} />
              </>
            )
          }
        </QueryState>
      </PageBody>
      {isAdding && <DepartmentDialog all={all} onClose={() => setAdding(false)} />}
    </>
  )
}

function Structure({ all }: { all: readonly Department[] }) {
  const { t } = useLingui()
  const change = useDepartmentChange()
  const move = (department: Department, where: Where) => {
    const { name } = department
    void change(department, where, t`${name} moved`, wayBack(all, department, where))
  }
  const nodes = (parent: string | null): TreeNode[] =>
    departmentsBelow(all, parent).map((one) => ({
      id: one.id,
      label: one.name,
      icon: FolderTree,
      count: one.member_count,
      isMovable: one.can.edit,
      end: (
        <span className={styles.link}>
          {one.sight?.is_hidden === true && <Chip isTag icon={EyeOff}><Trans>hidden</Trans></Chip>}
          {one.is_archived && <Chip isTag icon={Archive}><Trans>archived</Trans></Chip>}
          {one.can.edit && <DepartmentMenu all={all} department={one} onMove={(where) => move(one, where)} />}
        </span>
      ),
      hasChildren: departmentsBelow(all, one.id).length > 0,
      children: () => nodes(one.id),
    }))
  const tops = all.filter((one) => departmentsBelow(all, one.id).length > 0).map((one) => one.id)
  return (
    <Tree
      label={t`Departments`}
      nodes={nodes(null)}
      current={null}
      defaultExpanded={tops.length > 200 ? [] : tops}
      onMove={(id, position, other) => {
        const department = departmentOf(all, id)
        const where = department && placeOf(all, department, position, other)
        if (department && where) move(department, where)
      }}
    />
  )
}
