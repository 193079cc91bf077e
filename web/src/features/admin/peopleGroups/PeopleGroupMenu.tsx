/** What can be done with one group. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Ellipsis, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { call, etagOf, markStale } from '~/api/client'
import { useProblemText } from '~/api/problems'
import type { PeopleGroup } from '~/api/types'
import { ConfirmDialog } from '~/ui/ConfirmDialog'
import { IconButton } from '~/ui/IconButton'
import { Menu, MenuItem } from '~/ui/Menu'
import { toast } from '~/ui/toast'
import { peopleGroupKeys } from '../queries'

export function PeopleGroupMenu({ group, onEdit }: { group: PeopleGroup; onEdit: () => void }) {
  const { t } = useLingui()
  const queries = useQueryClient()
  const textOf = useProblemText()
  const [isAsking, setAsking] = useState(false)
  const { name } = group
  const remove = useMutation({
    mutationFn: () => call('delete', '/v1/people-groups/{group}', { path: { group: group.id } }, { seen: etagOf(group) }),
    onSuccess: () => toast(t`${name} deleted`),
    onError: (error) => toast(textOf(error), { tone: 'bad' }),
    onSettled: async () => {
      setAsking(false)
      await markStale(queries, peopleGroupKeys())
    },
  })
  return (
    <>
      <Menu label={t`Actions for ${name}`} trigger={<IconButton icon={Ellipsis} size="s" label={t`Actions for ${name}`} />}>
        <MenuItem icon={Pencil} onAction={onEdit}>{t`Change`}</MenuItem>
        <MenuItem icon={Trash2} isDanger onAction={() => setAsking(true)}>{t`Delete`}</MenuItem>
      </Menu>
      <ConfirmDialog title={t`Delete ${name}?`} confirm={t`Delete`} isOpen={isAsking} onOpenChange={setAsking} isPending={remove.isPending} onConfirm={() => remove.mutate()}>
        <Trans>The people stay. What was shared with the group is not shared with them any more.</Trans>
      </ConfirmDialog>
    </>
  )
}
