/** A number of records, and how sure it is. */
import { useLingui } from '@lingui/react/macro'
import type { Certainty } from './kinds'

export function useAmount(): (records: number, certainty: Certainty) => string {
  const { t, i18n } = useLingui()
  return (records, certainty) => {
    const number = records.toLocaleString(i18n.locale)
    if (certainty === 'exact') return number
    return certainty === 'about' ? t`about ${number}` : t`at least ${number}`
  }
}
