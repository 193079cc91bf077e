/** Why one is no second for an act that waits for one: who is, and from when (ORG-03). */
import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { SensitiveAct } from '~/api/types'
import { memberOf } from '~/shell/ActText'
import { useMe } from '~/shell/session'

/** Nothing of an act that one may decide about, or that nobody decides about any more. */
export function useUnable(act: SensitiveAct): string | null {
  const { t } = useLingui()
  const me = useMe()
  const [now] = useState(() => Date.now())
  if (me === undefined || act.can.decide || act.state !== 'open' || act.needs !== 'second' || Date.parse(act.due_at) <= now) return null
  if (act.asked_by === me.id) return t`You asked for this: somebody else decides, who may decide about sensitive acts and already could for a day when it was asked.`
  if (act.kind === 'directory.give_owner' && memberOf(act) === me.id) return t`You would become an owner by this: somebody else decides.`
  return t`You count as a second one a day after you were allowed to decide about sensitive acts. This was asked before that: somebody else decides.`
}
