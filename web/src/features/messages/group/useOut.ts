/** Who is not let in for now: they do not read what is written. */
import { useLingui } from '@lingui/react/macro'
import type { Person } from '../engine/people'

/** In a word; nothing of whoever is let in. */
export function useOut() {
  const { t } = useLingui()
  return (person: Person | undefined): string | null => {
    if (person?.state === 'suspended') return t`suspended`
    return person?.state === 'disabled' ? t`disabled` : null
  }
}
