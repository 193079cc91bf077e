/** States of people, as headings and choices have them. */
import { useLingui } from '@lingui/react/macro'
import type { Listed } from './filter'

export function useStateNames(): Record<Listed, string> {
  const { t } = useLingui()
  return {
    active: t`Active`,
    invited: t`Invited`,
    suspended: t`Suspended`,
    disabled: t`Disabled`,
    leaving: t`Leaving`,
  }
}
