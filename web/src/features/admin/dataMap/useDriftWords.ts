/** What a difference between the data map and the database is called. */
import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import type { Drift } from '~/api/types'

export function useDriftWords() {
  const { t } = useLingui()
  const what = ({ kind, found }: Drift): string => {
    const words: Record<Drift['kind'], string> = {
      undeclared: t`a column that this map does not have`,
      absent: t`in this map, and not in the database`,
      unguarded: t`not kept apart from other organisations as declared`,
      not_sealed: plural(found, { one: '# value is not sealed', other: '# values are not sealed' }),
      contact_in_clear: plural(found, { one: '# value looks like contact data in clear', other: '# values look like contact data in clear' }),
      canary: plural(found, { one: '# value has words that must stand nowhere in clear', other: '# values have words that must stand nowhere in clear' }),
    }
    return words[kind]
  }
  /** For a badge. */
  const count = (number: number) => plural(number, { one: '# place not as the data map says', other: '# places not as the data map says' })
  return { what, count }
}
