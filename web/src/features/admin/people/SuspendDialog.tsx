/** Says what ends before somebody is suspended, and does it; also where only a connected program has shut them out so far. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call, markStale } from '~/api/client'
import { useProblemText } from '~/api/problems'
import type { Member } from '~/api/types'
import { isolated } from '~/lib/bidi'
import { ConfirmDialog } from '~/ui/ConfirmDialog'
import { Select, type Choice } from '~/ui/Select'
import { toast } from '~/ui/toast'
import styles from '../admin.module.css'
import { handOverKeys, peopleKeys } from '../queries'
import { ForGood, Own } from './Ends'

type Reason = 'stolen' | 'abnormal' | 'other'

interface Props {
  member: Member
  onClose: () => void
  onUndo: () => void
}

export function SuspendDialog({ member, onClose, onUndo }: Props) {
  const { t } = useLingui()
  const queries = useQueryClient()
  const textOf = useProblemText()
  const [reason, setReason] = useState<Reason>('other')
  const name = isolated(member.name)
  const isOut = member.state === 'suspended'
  const suspend = useMutation({
    mutationFn: () => call('post', '/v1/members/{member}/suspend', { path: { member: member.id }, body: { reason } }),
    onSuccess: async () => {
      onClose()
      await markStale(queries, [...peopleKeys(), ...handOverKeys()])
      // Whom a program had shut out already is not let in by taking this back.
      if (isOut) toast(t`Only people here let ${name} in again`)
      else toast(t`${name} is suspended`, { undo: onUndo })
    },
    onError: (error) => toast(textOf(error), { tone: 'bad' }),
  })
  const reasons: Choice<Reason>[] = [
    { id: 'stolen', label: t`A device was lost or stolen` },
    { id: 'abnormal', label: t`Unusual activity` },
    { id: 'other', label: t`Another reason` },
  ]
  return (
    <ConfirmDialog title={isOut ? t`Suspend ${name} here as well?` : t`Suspend ${name}?`} confirm={t`Suspend`} isOpen onOpenChange={onClose} isPending={suspend.isPending} onConfirm={() => suspend.mutate()}>
      {isOut ? (
        <Own />
      ) : (
        <>
          <p><Trans>Their open windows close at once and they cannot sign in. What they wrote stays. The audit log records that you did this.</Trans></p>
          <ForGood />
        </>
      )}
      <div className={styles.reason}>
        <Select label={t`Reason`} value={reason} onChange={setReason} choices={reasons} />
      </div>
    </ConfirmDialog>
  )
}
