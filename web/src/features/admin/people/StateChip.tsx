/** Where somebody stands, in a word. */
import { useLingui } from '@lingui/react/macro'
import type { MemberState } from '~/api/types'
import { Chip, type Tone } from '~/ui/Chip'

export function StateChip({ state }: { state: MemberState }) {
  const { t } = useLingui()
  const states: Record<MemberState, [Tone, string]> = {
    invited: ['info', t`invited`],
    active: ['ok', t`active`],
    suspended: ['warn', t`suspended`],
    disabled: ['warn', t`disabled`],
    leaving: ['bad', t`leaving`],
    erased: ['plain', t`erased`],
  }
  const [tone, text] = states[state]
  return <Chip tone={tone}>{text}</Chip>
}
