/** Special days of a year, as they are edited. */
import type { SpecialDay, SpecialDayKind } from '~/api/types'

/** Every day from `first` to `last`, both counted, a year at most; the first alone when `last` is missing or earlier. */
export function range(first: string, last: string): string[] {
  const days: string[] = []
  const end = noon(last > first ? last : first)
  for (let at = noon(first); at <= end && days.length < 366; at += 86_400_000) {
    days.push(new Date(at).toISOString().slice(0, 10))
  }
  return days
}

const noon = (day: string) => Date.parse(`${day}T12:00:00Z`)

/** With these days besides; what was said of one of them before is replaced. In the order of the calendar. */
export function withDays(all: readonly SpecialDay[], days: readonly string[], kind: SpecialDayKind, name: string): SpecialDay[] {
  const others = all.filter((special) => !days.includes(special.day))
  return [...others, ...days.map((day) => ({ day, kind, name }))].sort((a, b) => a.day.localeCompare(b.day))
}

/** Whether the week has the day worked, Monday first. */
export const isWorked = (week: readonly boolean[], day: string) => week[(new Date(noon(day)).getUTCDay() + 6) % 7] === true

export const ofYear = (all: readonly SpecialDay[], year: number) => all.filter((special) => special.day.startsWith(`${year}-`))

/** A day without a time, for `dates`, whatever the reader's zone. */
export const asInstant = (day: string) => `${day}T12:00:00`
