/** Times in words, through `Intl`, in the reader's language and zone. */
const cache = new Map<string, Intl.DateTimeFormat>()

function format(locale: string, options: Intl.DateTimeFormatOptions, at: Date): string {
  const key = locale + JSON.stringify(options)
  const kept = cache.get(key) ?? new Intl.DateTimeFormat(locale, options)
  cache.set(key, kept)
  return kept.format(at)
}

const DAY: Intl.DateTimeFormatOptions = { month: 'short', day: 'numeric', weekday: 'short' }
const CLOCK: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }
/** British order in English: the day before the month. */
export const usual = (locale: string) => (locale === 'en' ? 'en-GB' : locale)

export const clock = (at: string, locale: string) => format(usual(locale), CLOCK, new Date(at))

/** `11月20日 周五`, `Fri 20 Nov`; with the year when it is another one. */
export function day(at: string, locale: string, now = new Date()): string {
  const date = new Date(at)
  if (date.getFullYear() !== now.getFullYear()) return format(usual(locale), { year: 'numeric', month: 'short', day: 'numeric' }, date)
  if (!locale.startsWith('zh')) return format(usual(locale), DAY, date)
  return `${format(locale, { month: 'long', day: 'numeric' }, date)} ${format(locale, { weekday: 'short' }, date)}`
}

export const dayAndClock = (at: string, locale: string, now = new Date()) => `${day(at, locale, now)} ${clock(at, locale)}`

/** With the year and without abbreviations, for what is read long after: `Tuesday 1 December 2026`, `2026年12月1日星期二`. */
export const fullDay = (at: string | number, locale: string) => format(usual(locale), { dateStyle: 'full' }, new Date(at))

/** `1 December 2026 at 09:32`. */
export const moment = (at: string | number, locale: string) => format(usual(locale), { dateStyle: 'long', timeStyle: 'short', hourCycle: 'h23' }, new Date(at))

/** To the second, for what is held against other records. */
export const exactly = (at: string | number, locale: string) => format(usual(locale), { dateStyle: 'long', timeStyle: 'medium', hourCycle: 'h23' }, new Date(at))

/** Today the time, this week the weekday, otherwise the date. */
export function shortly(at: string, locale: string, now = new Date()): string {
  const date = new Date(at)
  const days = Math.round((startOfDay(now) - startOfDay(date)) / 86_400_000)
  if (days <= 0) return clock(at, locale)
  if (days === 1) return new Intl.RelativeTimeFormat(usual(locale), { numeric: 'auto' }).format(-1, 'day')
  if (days < 7) return format(usual(locale), { weekday: 'short' }, date)
  return format(usual(locale), { year: date.getFullYear() === now.getFullYear() ? undefined : 'numeric', month: 'numeric', day: 'numeric' }, date)
}

const startOfDay = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()

/** Whether a text out of an address or a form is a day of the calendar, as `2026-11-29`. */
export function isDay(text: string): boolean {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T12:00:00Z`) : null
  return at !== null && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
}

/** `1.4 GiB`: sizes are binary. */
export function bytes(count: number, locale: string): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB']
  // What would be rounded to 1,024 is one of the next unit.
  const power = units.findLastIndex((_, power) => power === 0 || count >= 1023.5 * 1024 ** (power - 1))
  const value = count / 1024 ** power
  return `${value.toLocaleString(locale, { maximumFractionDigits: value < 10 ? 1 : 0 })} ${units[power] ?? 'B'}`
}
