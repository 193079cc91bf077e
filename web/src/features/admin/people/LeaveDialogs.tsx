/** Says what happens before somebody is disabled or removed, and does it. */
import { Trans, useLingui } from '@lingui/react/macro'
import { plural } from '@lingui/core/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { call, markStale } from '~/api/client'
import { useProblemText } from '~/api/problems'
import type { Member } from '~/api/types'
import { isolated } from '~/lib/bidi'
import { day } from '~/lib/dates'
import { links } from '~/shell/links'
import { useProof } from '~/shell/ProveAgain'
import { useSlug } from '~/shell/routes'
import { ConfirmDialog } from '~/ui/ConfirmDialog'
import { Link } from '~/ui/Link'
import { Select } from '~/ui/Select'
import { toast } from '~/ui/toast'
import styles from '../admin.module.css'
import { handOverKeys, peopleKeys } from '../queries'
import { ForGood, Own } from './Ends'

const DAY = 86_400_000
/** From the day on which somebody is removed to the day on which they are erased. */
export const LEAVES_IN = 14

/** The day so many months on: the same one, or the last one of a shorter month. */
export function inMonths(now: Date, months: number): Date {
  const then = new Date(now)
  then.setMonth(then.getMonth() + months)
  if (then.getDate() !== now.getDate()) then.setDate(0)
  return then
}

interface Props {
  member: Member
  onClose: () => void
}

function useTurn(send: () => Promise<unknown>, said: string, onClose: () => void) {
  const queries = useQueryClient()
  const textOf = useProblemText()
  const proof = useProof()
  const turn = useMutation({
    mutationFn: send,
    onSuccess: async () => {
      onClose()
      await markStale(queries, [...peopleKeys(), ...handOverKeys()])
      toast(said)
    },
    onError: (error) => {
      if (!proof.ask(error, () => turn.mutate())) toast(textOf(error), { tone: 'bad' })
    },
  })
  return { turn, proof: proof.dialog }
}

export function DisableDialog({ member, onClose }: Props) {
  const { t, i18n } = useLingui()
  const [months, setMonths] = useState('1')
  const name = isolated(member.name)
  const { turn } = useTurn(() => call('post', '/v1/members/{member}/disable', { path: { member: member.id }, body: { months: Number(months) } }), t`${name} is disabled`, onClose)
  const choices = [1, 2, 3, 6, 12].map((count) => ({ id: String(count), label: plural(count, { one: '# month', other: '# months' }) }))
  const [now] = useState(() => new Date())
  const ends = inMonths(now, Number(months))
  const erased = new Date(ends.getTime() + LEAVES_IN * DAY)
  return (
    <ConfirmDialog title={t`Disable ${name}?`} confirm={t`Disable`} isOpen onOpenChange={onClose} isPending={turn.isPending} onConfirm={() => turn.mutate()}>
      <AtOnce />
      <div className={styles.reason}>
        <Select label={t`For how long`} value={months} onChange={setMonths} choices={choices} />
      </div>
      <p className={styles.reason}>
        <Trans>They leave on {day(ends.toISOString(), i18n.locale)}. Until {day(erased.toISOString(), i18n.locale)} you can let them in again; then their profile, drafts and own contacts are erased.</Trans>
      </p>
      <Stays />
    </ConfirmDialog>
  )
}

export function RemoveDialog({ member, onClose }: Props) {
  const { t, i18n } = useLingui()
  const name = isolated(member.name)
  const { turn, proof } = useTurn(() => call('post', '/v1/members/{member}/remove', { path: { member: member.id } }), t`${name} is leaving`, onClose)
  const [now] = useState(() => Date.now())
  // Whoever leaves by a program's word alone goes on the day that was set then.
  const isOut = member.state === 'leaving'
  const erased = isOut && member.state_until ? new Date(member.state_until) : new Date(now + LEAVES_IN * DAY)
  return (
    <>
      <ConfirmDialog title={isOut ? t`Remove ${name} here as well?` : t`Remove ${name}?`} confirm={t`Remove`} isOpen onOpenChange={onClose} isPending={turn.isPending} onConfirm={() => turn.mutate()}>
        {isOut ? <Own /> : <AtOnce />}
        <p className={styles.reason}>
          <Trans>Until {day(erased.toISOString(), i18n.locale)} you can let them in again. Then their profile, drafts and own contacts are erased.</Trans>
        </p>
        <Stays />
      </ConfirmDialog>
      {proof}
    </>
  )
}

/** As little may be thought to be erased as is. */
function Stays() {
  return <p className={styles.reason}><Trans>What they wrote and sent stays for the others until its own time is over, without their name.</Trans></p>
}

function AtOnce() {
  const slug = useSlug()
  return (
    <>
      <p><Trans>Their open windows, devices, downloads and links to join end at once. Only administrators see them from then on.</Trans></p>
      <ForGood />
      <p className={styles.reason}>
        <Trans>Their groups, roles, departments and shared contacts wait under <Link href={links.admin(slug, 'leavers')}>Hand-over</Link>.</Trans>
      </p>
    </>
  )
}
