/** What the form about an announcement holds, and what it sends. */
import type { AnnouncerCan, WriteAnnouncement, WrittenAnnouncement } from '~/api/types'

export interface Values extends Record<string, unknown> {
  title: string
  text: string
  audience: 'everyone' | 'departments'
  department_ids: string[]
  /** The last day on which it is shown, `2026-11-29`, or nothing. */
  until: string
  must_be_confirmed: boolean
  asks_again: boolean
}

const two = (of: number) => String(of).padStart(2, '0')

/** The day of the last instant before this one, here. */
export function lastDayOf(until: string | null | undefined): string {
  if (!until) return ''
  const last = new Date(Date.parse(until) - 1)
  return `${last.getFullYear()}-${two(last.getMonth() + 1)}-${two(last.getDate())}`
}

/** The first instant after the day, here. */
export function endOf(day: string): string | null {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  return day === '' ? null : new Date(year, month - 1, date + 1).toISOString()
}

/** A new one is for everyone, for whoever may say something to everyone. */
export function valuesOf(of: WrittenAnnouncement | undefined, can: AnnouncerCan): Values {
  const isForSome = of === undefined ? !can.everyone : of.department_ids.length > 0
  return {
    title: of?.title ?? '',
    text: of?.text ?? '',
    audience: isForSome ? 'departments' : 'everyone',
    department_ids: [...(of?.department_ids ?? [])],
    until: lastDayOf(of?.until),
    must_be_confirmed: of?.must_be_confirmed ?? false,
    asks_again: false,
  }
}

export function bodyOf(values: Values, before: WrittenAnnouncement | undefined): WriteAnnouncement {
  const { title, text, audience, department_ids, until, must_be_confirmed, asks_again } = values
  // A time that no day of this form made stays as it is until the day is changed.
  const isAsBefore = before !== undefined && until === lastDayOf(before.until)
  return { title, text, department_ids: audience === 'everyone' ? [] : department_ids, until: isAsBefore ? (before.until ?? null) : endOf(until), must_be_confirmed, asks_again }
}
