/** Privacy requests in words, for whoever asks and for whoever answers (DSR-09 to DSR-13). */
import { useLingui } from '@lingui/react/macro'
import type { OwnSubjectRequest, SubjectRequestGround, SubjectRequestKind, SubjectRequestState } from '~/api/types'
import type { Tone } from '~/ui/Chip'

export function useRequestKinds(): Record<SubjectRequestKind, string> {
  const { t } = useLingui()
  return {
    access: t`See what is held, with a copy`,
    correction: t`Put something right`,
    deletion: t`Delete some or all of it`,
    restriction: t`Keep it, but do not use it for now`,
    objection: t`Stop a use of it`,
    explanation: t`Explain why and how it is used`,
    withdrawal: t`Withdraw a consent`,
    deceased: t`About a relative who has died`,
    complaint: t`Complain`,
  }
}

export function useRequestStates(): Record<SubjectRequestState, [Tone, string]> {
  const { t } = useLingui()
  return {
    received: ['info', t`received`],
    identity_checked: ['info', t`identity checked`],
    in_work: ['accent', t`in work`],
    answered: ['ok', t`answered`],
    refused: ['plain', t`refused`],
    forwarded: ['plain', t`forwarded`],
    withdrawn: ['plain', t`taken back`],
  }
}

export function useRefusalGrounds(): Record<SubjectRequestGround, string> {
  const { t } = useLingui()
  return {
    identity_unproven: t`It could not be found out who asks`,
    nothing_held: t`Nothing of the kind is held`,
    law_requires: t`A law says that it stays, or forbids it`,
    rights_of_others: t`It would take rights from others`,
    excessive: t`It was asked over and over without a reason`,
  }
}

/** Whether whoever asked was told why it takes longer, or is owed that. */
export const isLate = (of: Pick<OwnSubjectRequest, 'due'>) => of.due.lateness !== 'on_time'
