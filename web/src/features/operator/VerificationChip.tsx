/** Whether an organisation is what it says, in a word. */
import { useLingui } from '@lingui/react/macro'
import type { VerificationState } from '~/api/types'
import { Chip, type Tone } from '~/ui/Chip'

export function VerificationChip({ state }: { state: VerificationState }) {
  const { t } = useLingui()
  const words: Record<VerificationState, readonly [Tone, string]> = {
    none: ['plain', t`not asked`],
    asked: ['info', t`waits for you`],
    verified: ['ok', t`verified`],
    refused: ['bad', t`refused`],
  }
  const [tone, word] = words[state]
  return <Chip tone={tone}>{word}</Chip>
}
