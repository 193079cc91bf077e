/** What can be done with one role. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Ellipsis, Eye, Pencil, Trash2, UserCheck, Users } from 'lucide-react'
import { useState } from 'react'
import { call, etagOf, markStale } from '~/api/client'
import { useProblemText } from '~/api/problems'
import type { AccessRole } from '~/api/types'
import { ConfirmDialog } from '~/ui/ConfirmDialog'
import { IconButton } from '~/ui/IconButton'
import { Menu, MenuItem } from '~/ui/Menu'
import { toast } from '~/ui/toast'
import { roleKeys } from '../queries'

interface Props {
  role: AccessRole
  name: string
  onAsk: (what: 'give' | 'holders' | 'write') => void
}

export function RoleMenu({ role, name, onAsk }: Props) {
  const { t } = useLingui()
  const queries = useQueryClient()
  const textOf = useProblemText()
  const [isAsking, setAsking] = useState(false)
  const remove = useMutation({
    mutationFn: () => call('delete', '/v1/roles/{role}', { path: { role: role.id } }, { seen: etagOf(role) }),
    onSuccess: () => toast(t`${name} removed`),
    onError: (error) => toast(textOf(error), { tone: 'bad' }),
    // What another one has changed meanwhile is shown, and one decides again.
    onSettled: async () => {
      await markStale(queries, roleKeys())
      setAsking(false)
    },
  })
  return (
    <>
      <Menu label={t`Actions for ${name}`} trigger={<IconButton icon={Ellipsis} size="s" label={t`Actions for ${name}`} />}>
        <MenuItem icon={Users} onAction={() => onAsk('holders')}>{t`Who has it`}</MenuItem>
        {role.can.give && <MenuItem icon={UserCheck} onAction={() => onAsk('give')}>{t`Give it to somebody`}</MenuItem>}
        <MenuItem icon={role.can.edit ? Pencil : Eye} onAction={() => onAsk('write')}>{role.can.edit ? t`Change` : t`What it opens`}</MenuItem>
        {role.can.delete && <MenuItem icon={Trash2} isDanger onAction={() => setAsking(true)}>{t`Remove`}</MenuItem>}
      </Menu>
      <ConfirmDialog title={t`Remove ${name}?`} confirm={t`Remove`} isOpen={isAsking} onOpenChange={setAsking} isPending={remove.isPending} onConfirm={() => remove.mutate()}>
        <Trans>Nobody has this role now. It disappears from the list.</Trans>
      </ConfirmDialog>
    </>
  )
}
