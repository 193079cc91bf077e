/** Which lines of the audit log are looked at: in the address, so that a view can be sent to a colleague. */
import type { Id } from '~/api/types'
import { isDay } from '~/lib/dates'

export interface AuditSearch {
  actor?: Id
  target?: Id
  name?: string
  /** Days, as the reader's zone has them; both count. */
  from?: string
  until?: string
  refused?: true
}

export function auditSearch(search: Record<string, unknown>): AuditSearch {
  const text = (key: string) => (typeof search[key] === 'string' && search[key] !== '' ? { [key]: search[key] } : {})
  const day = (key: string) => (typeof search[key] === 'string' && isDay(search[key]) ? { [key]: search[key] } : {})
  return { ...text('actor'), ...text('target'), ...text('name'), ...day('from'), ...day('until'), ...(search['refused'] === true ? { refused: true } : {}) }
}

/** With one part of it as somebody chose it. Of two days of which the last comes first, the other one goes. */
export function narrowed<K extends keyof AuditSearch>(search: AuditSearch, key: K, value: AuditSearch[K] | null | ''): AuditSearch {
  const { [key]: _, ...others } = search
  if (value === null || value === '' || value === undefined) return others
  const { from, until, ...rest }: AuditSearch = { ...others, [key]: value }
  if (from !== undefined && until !== undefined && until < from) return { ...rest, [key]: value }
  return { ...others, [key]: value }
}

/** As the address has it. */
export const queryOf = (search: AuditSearch) => new URLSearchParams(Object.entries(search).map(([key, value]) => [key, String(value)])).toString()

/** As the API takes it. */
export function filterOf({ actor, target, name, from, until, refused }: AuditSearch) {
  return {
    ...(actor === undefined ? {} : { actor }),
    ...(target === undefined ? {} : { target }),
    ...(name === undefined ? {} : { name }),
    ...(from === undefined ? {} : { from: instant(from, 0) }),
    ...(until === undefined ? {} : { until: instant(until, 1) }),
    ...(refused === undefined ? {} : { is_refused: true }),
  }
}

/** The first instant of a day, or of one that is so many days later. */
function instant(day: string, later: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date + later).toISOString()
}
