/** The structure of the organisation: added, renamed, moved, removed when empty. */
import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Ellipsis, FolderTree, Pencil, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { call, keyOf, markStale } from '~/api/client'
import { useProblemText } from '~/api/problems'
import type { Department } from '~/api/types'
import { departments } from '~/shell/members'
import { PageBody, PageHead } from '~/shell/Page'
import { PageTitle } from '~/shell/PageTitle'
import { QueryState } from '~/shell/QueryState'
import { useSlug } from '~/shell/routes'
import { useMay } from '~/shell/session'
import { Button } from '~/ui/Button'
import { ConfirmDialog } from '~/ui/ConfirmDialog'
import { Icon } from '~/ui/Icon'
import { IconButton } from '~/ui/IconButton'
import { Menu, MenuItem } from '~/ui/Menu'
import { Skeleton } from '~/ui/Skeleton'
import { EmptyState } from '~/ui/State'
import { toast } from '~/ui/toast'
import { adminStart } from './AdminLayout'
import { DepartmentDialog } from './DepartmentDialog'
import styles from './admin.module.css'

interface Place {
  department: Department
  depth: number
}

/** Top down, children under their parents. */
function inOrder(all: readonly Department[], parent: string | null = null, depth = 0): Place[] {
  return all
    .filter((one) => (one.parent_id ?? null) === parent)
    .sort((a, b) => a.position - b.position)
    .flatMap((department) => [{ department, depth }, ...inOrder(all, department.id, depth + 1)])
}

export function DepartmentsPage() {
  const { t } = useLingui()
  const slug = useSlug()
  const found = useQuery(departments())
  const [isAdding, setAdding] = useState(false)
  // At the top of the tree adds whoever manages all of it; the others add below what is theirs.
  const mayManage = useMay()('departments.manage')
  const canAdd = mayManage && found.data?.items.every((one) => one.can.edit) === true
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
              <ul className={styles.tree}>
                {inOrder(items).map((place) => (
                  <Node key={place.department.id} place={place} all={items} />
                ))}
              </ul>
            )
          }
        </QueryState>
      </PageBody>
      {isAdding && <DepartmentDialog all={found.data?.items ?? []} onClose={() => setAdding(false)} />}
    </>
  )
}

function Node({ place: { department, depth }, all }: { place: Place; all: readonly Department[] }) {
  const { t } = useLingui()
  const queries = useQueryClient()
  const textOf = useProblemText()
  const [asking, setAsking] = useState<'edit' | 'add' | 'remove' | null>(null)
  const { name, id, can } = department
  const remove = useMutation({
    mutationFn: () => call('delete', '/v1/departments/{department}', { path: { department: id } }),
    onSuccess: async () => {
      await markStale(queries, [keyOf('/v1/departments')])
      toast(t`${name} removed`)
    },
    onError: (error) => toast(textOf(error), { tone: 'bad' }),
    onSettled: () => setAsking(null),
  })
  return (
    <li className={styles.node} style={{ paddingInlineStart: `min(${depth * 24}px, 40%)` }}>
      <Icon icon={FolderTree} />
      <b className="grow ellipsis">{name}</b>
      <span className={styles.count}>{plural(department.member_count, { one: '# person', other: '# people' })}</span>
      {can.edit && (
        <Menu label={t`Actions for ${name}`} trigger={<IconButton icon={Ellipsis} size="s" label={t`Actions for ${name}`} />}>
          <MenuItem icon={Pencil} onAction={() => setAsking('edit')}>{t`Rename or move`}</MenuItem>
          <MenuItem icon={Plus} onAction={() => setAsking('add')}>{t`Add a department below`}</MenuItem>
          <MenuItem icon={Trash2} isDanger onAction={() => setAsking('remove')}>{t`Remove`}</MenuItem>
        </Menu>
      )}
      {asking === 'edit' && <DepartmentDialog all={all} department={department} onClose={() => setAsking(null)} />}
      {asking === 'add' && <DepartmentDialog all={all} parent={id} onClose={() => setAsking(null)} />}
      <ConfirmDialog title={t`Remove ${name}?`} confirm={t`Remove`} isOpen={asking === 'remove'} onOpenChange={() => setAsking(null)} isPending={remove.isPending} onConfirm={() => remove.mutate()}>
        <Trans>Only an empty department can be removed: nobody in it and none below it.</Trans>
      </ConfirmDialog>
    </li>
  )
}
