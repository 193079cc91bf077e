/** What the line says that tells of refusals which have no line of their own: how many, when, which operations, and why. */
import { useLingui } from '@lingui/react/macro'
import type { AuditEntry } from '~/api/types'
import { exactly } from '~/lib/dates'
import { listOf } from '~/lib/lists'
import { useActNames } from '../actNames'
import { useRefusals } from './refusals'

/** Title and text of each; nothing of other lines. The operation that is met most comes first. */
export function useFurther(): (of: AuditEntry) => [string, string][] {
  const { t, i18n: { locale } } = useLingui()
  const { nameOf } = useActNames()
  const refusalOf = useRefusals()
  const counts = (value: unknown, wordOf: (code: string) => string) => {
    const all = Object.entries(Object(value)).flatMap(([code, count]) => (typeof count === 'number' ? [{ code, count }] : []))
    const often = all.sort((a, b) => b.count - a.count)
    return listOf(locale, often.map(({ code, count }) => `${wordOf(code)} × ${count.toLocaleString(locale)}`))
  }
  const at = (value: unknown) => (typeof value === 'string' ? exactly(value, locale) : '–')
  return ({ name, data }) => {
    if (name !== 'furtherRefusals') return []
    return [
      [t`How many`, Number(data['count']).toLocaleString(locale)],
      [t`The first`, at(data['from'])],
      [t`The last`, at(data['until'])],
      [t`What was tried`, counts(data['operations'], nameOf)],
      [t`Reasons`, counts(data['codes'], refusalOf)],
    ]
  }
}
