/** What kinds and labels are called. */
import { useLingui } from '@lingui/react/macro'
import type { ContactKind, ContactLabel } from '~/api/types'

export function useKindNames(): Record<ContactKind, string> {
  const { t } = useLingui()
  return { customer: t`Customer`, external: t`External contact` }
}

export function useLabelNames(): Record<ContactLabel, string> {
  const { t } = useLingui()
  return {
    mobile: t({ message: 'Mobile', context: 'label of a number' }),
    work: t({ message: 'Work', context: 'label of a number' }),
    home: t({ message: 'Home', context: 'label of a number' }),
    fax: t({ message: 'Fax', context: 'label of a number' }),
    other: t({ message: 'Other', context: 'label of a number' }),
  }
}
