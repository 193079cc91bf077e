/** Somebody's data kept and not used otherwise, at their word: placed, or its end said (DSR-04). */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call, markStale, query } from '~/api/client'
import { useProblemText } from '~/api/problems'
import type { MemberState, Restriction, RestrictionReason } from '~/api/types'
import { isolated } from '~/lib/bidi'
import { dayAndClock } from '~/lib/dates'
import { QueryState } from '~/shell/QueryState'
import { REASONS, restrictionKeys, useReasons } from '~/shell/restrictions'
import { Button } from '~/ui/Button'
import { ConfirmDialog } from '~/ui/ConfirmDialog'
import { Dialog } from '~/ui/Dialog'
import { Select } from '~/ui/Select'
import { Skeleton } from '~/ui/Skeleton'
import { toast } from '~/ui/toast'
import styles from '../admin.module.css'
import { restrictionListKeys } from '../queries'

interface Props {
  member: { id: string; name: string; state?: MemberState | undefined }
  /** What is proposed. */
  first?: RestrictionReason
  onClose: () => void
}

function useChange(send: () => Promise<unknown>, said: string, onClose: () => void) {
  const queries = useQueryClient()
  const textOf = useProblemText()
  return useMutation({
    mutationFn: send,
    onSuccess: async () => {
      onClose()
      await markStale(queries, [...restrictionKeys(), ...restrictionListKeys()])
      toast(said)
    },
    onError: (error) => toast(textOf(error), { tone: 'bad' }),
  })
}

export function FreezeDialog({ member, first = 'own_wish', onClose }: Props) {
  const { t } = useLingui()
  const reasons = useReasons()
  const [reason, setReason] = useState(first)
  const name = isolated(member.name)
  const freeze = useChange(() => call('post', '/v1/members/{member}/restriction', { path: { member: member.id }, body: { reason } }), t`The data of ${name} is frozen`, onClose)
  return (
    <ConfirmDialog title={t`Freeze the data of ${name}?`} confirm={t`Freeze`} isDanger={false} isOpen onOpenChange={onClose} isPending={freeze.isPending} onConfirm={() => freeze.mutate()}>
      <p><Trans>Only at their word. It stays stored and is not used otherwise: colleagues do not find them, nobody changes what is held, and they are in no export or count. They themselves work as before, are told, and can lift it.</Trans></p>
      {isOut(member) && <TellThem />}
      <p className={styles.next}><Trans>While it lasts they are not erased, also after they were removed. After 30 days you are reminded.</Trans></p>
      <div className={styles.reason}>
        <Select label={t`Reason`} value={reason} onChange={setReason} choices={REASONS.map((id) => ({ id, label: reasons[id] }))} />
      </div>
    </ConfirmDialog>
  )
}

export function UnfreezeDialog({ member, onClose }: Props) {
  const { t, i18n } = useLingui()
  const reasons = useReasons()
  const found = useQuery(query('get', '/v1/members/{member}/restriction', { path: { member: member.id } }))
  const name = isolated(member.name)
  const lift = useChange(() => call('post', '/v1/members/{member}/restriction/lift', { path: { member: member.id } }), isOut(member) ? t`The data of ${name} is used again in three days` : t`${name} is told that it ends in three days`, onClose)
  const isSaid = Boolean(found.data?.lifts_at)
  const footer = isSaid ? (
    <Button autoFocus onPress={onClose}>{t`Close`}</Button>
  ) : (
    <>
      <Button autoFocus onPress={onClose}>{t`Cancel`}</Button>
      <Button variant="primary" isPending={lift.isPending} onPress={() => lift.mutate()}>{t`Unfreeze in three days`}</Button>
    </>
  )
  return (
    <Dialog role="alertdialog" title={t`Unfreeze the data of ${name}?`} isOpen onOpenChange={onClose} footer={footer}>
      <QueryState of={found} skeleton={<Skeleton rows={2} />}>
        {(of: Restriction) => (
          <>
            <p><Trans>Frozen since {dayAndClock(of.since, i18n.locale)}. {reasons[of.reason]}.</Trans></p>
            <p className={styles.next}>
              {of.lifts_at ? <Trans>Its end was said already: {dayAndClock(of.lifts_at, i18n.locale)}.</Trans> : <Trans>They are told at once and can object for three days; then their data is used again. They themselves lift it at any time.</Trans>}
            </p>
            {isOut(member) && <TellThem />}
          </>
        )}
      </QueryState>
    </Dialog>
  )
}

/** Whoever cannot come in reads nothing here. */
const isOut = ({ state }: Props['member']) => state === 'suspended' || state === 'disabled' || state === 'leaving'

function TellThem() {
  return <p className={styles.next}><b><Trans>They cannot sign in and read nothing here: tell them yourself.</Trans></b></p>
}
