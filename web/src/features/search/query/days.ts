/** Calendar days as people write them. Pure: what today is comes from outside. */

const two = (part: number) => String(part).padStart(2, '0')

export function dayOf(date: Date): string {
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

function plusDays(day: string, count: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return dayOf(new Date(year, month - 1, date + count))
}

export const nextDay = (day: string) => plusDays(day, 1)
export const daysBefore = (now: Date, count: number) => plusDays(dayOf(now), -count)

/** The first instant of a day where this device is, as the server takes it. */
export function startOf(day: string): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date).toISOString()
}

const RELATIVE: Readonly<Record<string, number>> = { today: 0, yesterday: 1, 今天: 0, 今日: 0, 昨天: 1, 昨日: 1, 前天: 2 }
const FULL = /^(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?$/
const SHORT = /^(\d{1,2})[-/.月](\d{1,2})日?$/
const AGO = /^(\d{1,4})(?:d|天|日)$/

function dayFrom(year: number, month: number, date: number): string | null {
  const made = new Date(year, month - 1, date)
  const isReal = made.getFullYear() === year && made.getMonth() === month - 1 && made.getDate() === date
  return isReal ? dayOf(made) : null
}

/** `2026-11-20`, `2026年11月20日`, `11/20`, `2026-11`, `today`, `昨天`, `7d`; `null` when it is none of these or no such day. */
export function readDay(text: string, now: Date): string | null {
  const ago = RELATIVE[text.toLowerCase()] ?? Number(AGO.exec(text)?.[1] ?? NaN)
  if (Number.isFinite(ago)) return daysBefore(now, ago)
  const full = FULL.exec(text)
  if (full) return dayFrom(Number(full[1]), Number(full[2]), Number(full[3] ?? 1))
  const short = SHORT.exec(text)
  if (!short) return null
  const day = dayFrom(now.getFullYear(), Number(short[1]), Number(short[2]))
  // Nothing was said on a day that is still to come: the last one of that name is meant.
  return day !== null && day > dayOf(now) ? dayFrom(now.getFullYear() - 1, Number(short[1]), Number(short[2])) : day
}

/** A day out of an address: exactly YYYY-MM-DD, or nothing. */
export function exactDay(text: unknown): string | undefined {
  const match = typeof text === 'string' ? /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) : null
  return (match && dayFrom(Number(match[1]), Number(match[2]), Number(match[3]))) ?? undefined
}
