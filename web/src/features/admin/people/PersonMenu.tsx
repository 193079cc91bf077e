/** What can be done with one person: change, freeze, reset, suspend, disable, remove, let in again, hand over. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { CirclePause, CirclePlay, Ellipsis, HandHelping, Hourglass, ImageOff, KeyRound, Pencil, Snowflake, UserMinus } from 'lucide-react'
import { useState } from 'react'
import { call, markStale } from '~/api/client'
import { useProblemText } from '~/api/problems'
import type { InitialPassword, Member } from '~/api/types'
import { isolated } from '~/lib/bidi'
import { links } from '~/shell/links'
import { useSlug } from '~/shell/routes'
import { ConfirmDialog } from '~/ui/ConfirmDialog'
import { IconButton } from '~/ui/IconButton'
import { Menu, MenuItem, MenuSeparator } from '~/ui/Menu'
import { toast } from '~/ui/toast'
import { handOverKeys, peopleKeys } from '../queries'
import { FreezeDialog, UnfreezeDialog } from './FreezeDialog'
import { DisableDialog, RemoveDialog } from './LeaveDialogs'
import { PersonDialog } from './PersonDialog'
import { SecretDialog } from './SecretDialog'
import { SuspendDialog } from './SuspendDialog'
import { useRemovePicture } from './useRemovePicture'

type Asking = 'edit' | 'reset' | 'suspend' | 'disable' | 'remove' | 'freeze' | 'unfreeze' | null

export function PersonMenu({ member }: { member: Member }) {
  const { t } = useLingui()
  const slug = useSlug()
  const queries = useQueryClient()
  const textOf = useProblemText()
  const [asking, setAsking] = useState<Asking>(null)
  const [secret, setSecret] = useState<InitialPassword | null>(null)
  const { id, can } = member
  const name = isolated(member.name)
  const removePicture = useRemovePicture(member)
  const onError = (error: unknown) => toast(textOf(error), { tone: 'bad' })

  const resume = useMutation({
    mutationFn: () => call('post', '/v1/members/{member}/resume', { path: { member: id } }),
    onSuccess: async () => {
      await markStale(queries, [...peopleKeys(), ...handOverKeys()])
      toast(t`${name} can sign in again`)
    },
    onError,
  })
  const reset = useMutation({
    mutationFn: () => call('post', '/v1/members/{member}/initial-password', { path: { member: id } }),
    onSuccess: (answer) => {
      setAsking(null)
      setSecret(answer)
    },
    onError,
  })
  const mayTurn = can.suspend || can.resume || can.disable || can.remove || can.hand_over
  const isFrozen = Boolean(member.restricted_at)
  if (!can.edit && !can.place && !can.reset_password && !can.restrict && !mayTurn) return null
  return (
    <>
      <Menu label={t`Actions for ${name}`} trigger={<IconButton icon={Ellipsis} size="s" label={t`Actions for ${name}`} />}>
        {(can.edit || can.place) && <MenuItem icon={Pencil} onAction={() => setAsking('edit')}>{t`Change`}</MenuItem>}
        {removePicture && <MenuItem icon={ImageOff} onAction={removePicture}>{t`Remove the picture`}</MenuItem>}
        {can.reset_password && <MenuItem icon={KeyRound} onAction={() => setAsking('reset')}>{t`New initial password`}</MenuItem>}
        {can.restrict && <MenuItem icon={Snowflake} onAction={() => setAsking(isFrozen ? 'unfreeze' : 'freeze')}>{isFrozen ? t`Unfreeze data` : t`Freeze data`}</MenuItem>}
        {mayTurn && <MenuSeparator />}
        {can.hand_over && <MenuItem icon={HandHelping} href={links.leaver(slug, id)}>{t`Hand-over`}</MenuItem>}
        {can.suspend && <MenuItem icon={CirclePause} isDanger onAction={() => setAsking('suspend')}>{member.state === 'suspended' ? t`Suspend here as well` : t`Suspend`}</MenuItem>}
        {can.disable && <MenuItem icon={Hourglass} isDanger onAction={() => setAsking('disable')}>{t`Disable`}</MenuItem>}
        {can.remove && <MenuItem icon={UserMinus} isDanger onAction={() => setAsking('remove')}>{member.state === 'leaving' ? t`Remove here as well` : t`Remove`}</MenuItem>}
        {can.resume && <MenuItem icon={CirclePlay} onAction={() => resume.mutate()}>{member.state === 'suspended' ? t`Resume` : t`Let in again`}</MenuItem>}
      </Menu>
      {asking === 'freeze' && <FreezeDialog member={member} onClose={() => setAsking(null)} />}
      {asking === 'unfreeze' && <UnfreezeDialog member={member} onClose={() => setAsking(null)} />}
      {asking === 'suspend' && <SuspendDialog member={member} onClose={() => setAsking(null)} onUndo={() => resume.mutate()} />}
      {asking === 'disable' && <DisableDialog member={member} onClose={() => setAsking(null)} />}
      {asking === 'remove' && <RemoveDialog member={member} onClose={() => setAsking(null)} />}
      {asking === 'edit' && <PersonDialog member={member} onClose={() => setAsking(null)} />}
      <ConfirmDialog title={t`New initial password for ${name}?`} confirm={t`Make a new password`} isDanger={false} isOpen={asking === 'reset'} onOpenChange={() => setAsking(null)} isPending={reset.isPending} onConfirm={() => reset.mutate()}>
        <Trans>Their present password stops working and their devices are signed out. They choose a new one when they sign in.</Trans>
      </ConfirmDialog>
      {secret && <SecretDialog name={name} password={secret.initial_password} expiresAt={secret.expires_at} isInvited={false} onClose={() => setSecret(null)} />}
    </>
  )
}
