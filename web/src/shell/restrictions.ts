/** Data that is kept and not used otherwise: its reasons in words, and what reads it (DSR-04). */
import { useLingui } from '@lingui/react/macro'
import { keyOf, query } from '~/api/client'
import type { RestrictionReason } from '~/api/types'

export const REASONS: readonly RestrictionReason[] = ['own_wish', 'accuracy', 'unlawful', 'claims', 'objection']

export const ownRestriction = () => query('get', '/v1/me/restriction', {})
/** What is different once somebody's data is frozen or used again. */
export const restrictionKeys = () => [keyOf('/v1/me/restriction'), keyOf('/v1/restrictions'), keyOf('/v1/members/{member}/restriction'), keyOf('/v1/me'), keyOf('/v1/members'), keyOf('/v1/members/{member}')]

/** As the person says it. */
export function useOwnReasons(): Record<RestrictionReason, string> {
  const { t } = useLingui()
  return {
    own_wish: t`I want it so`,
    accuracy: t`Something is wrong, and it is being found out`,
    unlawful: t`It should not be used at all, and I do not want it erased`,
    claims: t`I need it for a claim of mine`,
    objection: t`I object to a use, and it is being decided`,
  }
}

/** As those read it who look after people. */
export function useReasons(): Record<RestrictionReason, string> {
  const { t } = useLingui()
  return {
    own_wish: t`They want it so`,
    accuracy: t`They say that something is wrong, and it is being found out`,
    unlawful: t`It should not be used at all, and they do not want it erased`,
    claims: t`They need it for a claim`,
    objection: t`They object to a use, and it is being decided`,
  }
}
