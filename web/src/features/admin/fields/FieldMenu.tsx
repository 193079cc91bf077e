/** What can be done with one field. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Ellipsis, Pencil, Power, PowerOff, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { call, etagOf, markStale } from '~/api/client'
import { useProblemText } from '~/api/problems'
import type { Field } from '~/api/types'
import { ConfirmDialog } from '~/ui/ConfirmDialog'
import { IconButton } from '~/ui/IconButton'
import { Menu, MenuItem } from '~/ui/Menu'
import { toast } from '~/ui/toast'
import { fieldKeys, fieldValues } from '../queries'
import { Stored } from './Stored'

interface Props {
  field: Field
  name: string
  onAsk: (what: 'edit' | 'off') => void
}

export function FieldMenu({ field, name, onAsk }: Props) {
  const { t } = useLingui()
  const queries = useQueryClient()
  const textOf = useProblemText()
  const [isAsking, setAsking] = useState(false)
  const stored = useQuery({ ...fieldValues(field.id), enabled: isAsking })
  const path = { field: field.id }
  const after = {
    onSuccess: () => markStale(queries, fieldKeys()),
    onError: (error: unknown) => toast(textOf(error), { tone: 'bad' }),
    onSettled: () => setAsking(false),
  }
  const on = useMutation({ ...after, mutationFn: () => call('patch', '/v1/fields/{field}', { path, body: { is_collected: true } }, { seen: etagOf(field) }) })
  const remove = useMutation({ ...after, mutationFn: () => call('delete', '/v1/fields/{field}', { path }, { seen: etagOf(field) }) })
  return (
    <>
      <Menu label={t`Actions for ${name}`} trigger={<IconButton icon={Ellipsis} size="s" label={t`Actions for ${name}`} />}>
        <MenuItem icon={Pencil} onAction={() => onAsk('edit')}>{t`Change`}</MenuItem>
        {field.is_collected ? <MenuItem icon={PowerOff} onAction={() => onAsk('off')}>{t`Switch off`}</MenuItem> : <MenuItem icon={Power} onAction={() => on.mutate()}>{t`Switch on`}</MenuItem>}
        {!field.is_collected && <MenuItem icon={Trash2} isDanger onAction={() => onAsk('off')}>{t`Erase what stands in it`}</MenuItem>}
        {field.can.delete && <MenuItem icon={Trash2} isDanger onAction={() => setAsking(true)}>{t`Remove`}</MenuItem>}
      </Menu>
      <ConfirmDialog title={t`Remove ${name}?`} confirm={t`Remove`} isOpen={isAsking} onOpenChange={setAsking} isPending={remove.isPending} onConfirm={() => remove.mutate()}>
        <p><Stored of={stored} /></p>
        <p><Trans>It is erased with the field, for good.</Trans></p>
      </ConfirmDialog>
    </>
  )
}
