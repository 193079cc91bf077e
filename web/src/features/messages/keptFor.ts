/** How long messages are kept, in the policy's own number. */
import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'

export function useKeptFor(days: number): string {
  const { t } = useLingui()
  return t`kept ${plural(days, { one: '# day', other: '# days' })}`
}
