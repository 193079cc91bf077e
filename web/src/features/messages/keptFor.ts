/** How long messages are kept, in the words of the policy's own number. */
import { useLingui } from '@lingui/react/macro'
import { plural } from '@lingui/core/macro'

export function useKeptFor(days: number): string {
  const { t } = useLingui()
  if (days === 720) return t`kept 2 years`
  if (days === 360) return t`kept 1 year`
  return t`kept ${plural(days, { one: '# day', other: '# days' })}`
}
