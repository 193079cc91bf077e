/** What an operator can do with one organisation: look at its request, limit it, suspend it, let it go on. */
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { BadgeCheck, CirclePause, CirclePlay, Ellipsis, Gauge } from 'lucide-react'
import { useState } from 'react'
import { call } from '~/api/client'
import { useProblemText } from '~/api/problems'
import type { HostedOrganisation } from '~/api/types'
import { isolated } from '~/lib/bidi'
import { IconButton } from '~/ui/IconButton'
import { Menu, MenuItem } from '~/ui/Menu'
import { toast } from '~/ui/toast'
import { LimitsDialog } from './LimitsDialog'
import { ORGANISATIONS, OUTSIDE } from './queries'
import { SuspendDialog } from './SuspendDialog'
import { VerificationDialog } from './VerificationDialog'

type Asking = 'verification' | 'limits' | 'suspend' | null

export function OrganisationMenu({ of }: { of: HostedOrganisation }) {
  const { t } = useLingui()
  const queries = useQueryClient()
  const textOf = useProblemText()
  const [asking, setAsking] = useState<Asking>(null)
  const name = isolated(of.name)
  const isOpen = of.suspended_at === undefined || of.suspended_at === null
  const resume = useMutation({
    mutationFn: () => call('post', '/v1/operator/organisations/{organisation}/resume', { path: { organisation: of.id } }, OUTSIDE),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ORGANISATIONS })
      toast(t`${name} is open again`)
    },
    onError: (error) => toast(textOf(error), { tone: 'bad' }),
  })
  const close = () => setAsking(null)
  return (
    <>
      <Menu label={t`Actions for ${name}`} trigger={<IconButton icon={Ellipsis} size="s" label={t`Actions for ${name}`} />}>
        <MenuItem icon={BadgeCheck} onAction={() => setAsking('verification')}>{t`Verification`}</MenuItem>
        <MenuItem icon={Gauge} onAction={() => setAsking('limits')}>{t`Limits`}</MenuItem>
        {isOpen ? (
          <MenuItem icon={CirclePause} isDanger onAction={() => setAsking('suspend')}>{t`Suspend`}</MenuItem>
        ) : (
          <MenuItem icon={CirclePlay} onAction={() => resume.mutate()}>{t`Resume`}</MenuItem>
        )}
      </Menu>
      {asking === 'verification' && <VerificationDialog of={of} onClose={close} />}
      {asking === 'limits' && <LimitsDialog of={of} onClose={close} />}
      {asking === 'suspend' && <SuspendDialog of={of} onClose={close} />}
    </>
  )
}
