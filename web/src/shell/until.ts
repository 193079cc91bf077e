/** Until when something is kept, in words: what the server says of a rule, said the same way wherever it is shown. */
import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import type { Until } from '~/api/types'

const HOUR_S = 3_600
export const DAY_S = 86_400

export const daysOf = (count: number) => plural(count, { one: '# day', other: '# days' })

/** A length of time in days, or in hours of less than one. */
export function time(seconds: number): string {
  if (seconds < DAY_S) {
    const hours = Math.round(seconds / HOUR_S)
    return plural(hours, { one: '# hour', other: '# hours' })
  }
  return daysOf(Math.round(seconds / DAY_S))
}

export function useUntil() {
  const { t } = useLingui()
  return ({ kind, kept_for_s: seconds }: Until): string => {
    const length = time(seconds ?? 0)
    switch (kind) {
      case 'period':
        return length
      case 'messages':
        return t`${length}, as your organisation chose`
      case 'after_end':
        return t`${length} after it is over`
      case 'newest':
        return t`only the newest`
      case 'session':
        return t`until the sign-in ends`
      case 'conversation':
        return t`as long as the conversation is there`
      case 'membership':
        return t`as long as you are here; erased after you leave`
      case 'account':
        return t`as long as your account is there`
      case 'organisation':
        return t`until the organisation takes it away`
      case 'need':
        return t`as long as it is needed for this`
    }
  }
}

/** How long that is, from 1 (days) to 5 (as long as one is here): for drawings, where the words stand beside it. */
export function lengthOf({ kind, kept_for_s: seconds }: Until): number {
  const days = (seconds ?? 0) / DAY_S
  if (kind === 'session' || kind === 'newest') return 1
  if (kind === 'conversation' || kind === 'need') return 4
  if (seconds === undefined || seconds === null) return 5
  return days <= 7 ? 1 : days <= 90 ? 2 : days <= 200 ? 3 : 4
}
