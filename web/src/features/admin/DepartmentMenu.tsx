/** What can be done with one department. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Archive, ArchiveRestore, ArrowDown, ArrowUp, Ellipsis, Merge, Pencil, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { call, etagOf, keyOf, markStale } from '~/api/client'
import { useProblemText } from '~/api/problems'
import type { Department } from '~/api/types'
import { departmentsBelow } from '~/shell/members'
import { ConfirmDialog } from '~/ui/ConfirmDialog'
import { IconButton } from '~/ui/IconButton'
import { Menu, MenuItem } from '~/ui/Menu'
import { toast } from '~/ui/toast'
import { DepartmentDialog } from './DepartmentDialog'
import { MergeDialog } from './MergeDialog'
import { stepOf, type Where } from './places'
import { useDepartmentChange } from './useDepartmentChange'

interface Props {
  all: readonly Department[]
  department: Department
  onMove: (where: Where) => void
}

export function DepartmentMenu({ all, department, onMove }: Props) {
  const { t } = useLingui()
  const queries = useQueryClient()
  const textOf = useProblemText()
  const change = useDepartmentChange()
  const [asking, setAsking] = useState<'edit' | 'add' | 'merge' | 'remove' | null>(null)
  const close = () => setAsking(null)
  const { name, id, is_archived } = department
  const remove = useMutation({
    mutationFn: () => call('delete', '/v1/departments/{department}', { path: { department: id } }, { seen: etagOf(department) }),
    onSuccess: () => toast(t`${name} removed`),
    onError: (error) => toast(textOf(error), { tone: 'bad' }),
    onSettled: async () => {
      close()
      await markStale(queries, [keyOf('/v1/departments')])
    },
  })
  const archive = () => void change(department, { is_archived: !is_archived }, is_archived ? t`${name} is in use again` : t`${name} archived`, { is_archived })
  // Both are for empty ones: the server would refuse them.
  const isEmpty = department.member_count === 0 && departmentsBelow(all, id).length === 0 && !department.has_children
  const [up, down] = [stepOf(all, department, -1), stepOf(all, department, 1)]
  return (
    <>
      <Menu label={t`Actions for ${name}`} trigger={<IconButton icon={Ellipsis} size="s" label={t`Actions for ${name}`} />}>
        <MenuItem icon={Pencil} onAction={() => setAsking('edit')}>{t`Change`}</MenuItem>
        {up && <MenuItem icon={ArrowUp} onAction={() => onMove(up)}>{t`Move up`}</MenuItem>}
        {down && <MenuItem icon={ArrowDown} onAction={() => onMove(down)}>{t`Move down`}</MenuItem>}
        {!is_archived && <MenuItem icon={Plus} onAction={() => setAsking('add')}>{t`Add a department below`}</MenuItem>}
        <MenuItem icon={Merge} onAction={() => setAsking('merge')}>{t`Merge into another`}</MenuItem>
        {(is_archived || isEmpty) && <MenuItem icon={is_archived ? ArchiveRestore : Archive} onAction={archive}>{is_archived ? t`Take back into use` : t`Archive`}</MenuItem>}
        {isEmpty && <MenuItem icon={Trash2} isDanger onAction={() => setAsking('remove')}>{t`Remove`}</MenuItem>}
      </Menu>
      {asking === 'edit' && <DepartmentDialog all={all} department={department} onClose={close} />}
      {asking === 'add' && <DepartmentDialog all={all} parent={id} onClose={close} />}
      {asking === 'merge' && <MergeDialog all={all} department={department} onClose={close} />}
      <ConfirmDialog title={t`Remove ${name}?`} confirm={t`Remove`} isOpen={asking === 'remove'} onOpenChange={close} isPending={remove.isPending} onConfirm={() => remove.mutate()}>
        <Trans>Only an empty department can be removed: nobody in it and none below it.</Trans>
      </ConfirmDialog>
    </>
  )
}
