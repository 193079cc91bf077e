/** Times as people say them: the clock today, the weekday this week, the date before. */
import { useLingui } from '@lingui/react'
import { usual } from '~/lib/dates'

const DAY_MS = 86_400_000

/** The calendar day of a time where this device is, as YYYY-MM-DD. */
export function dayOf(at: string | number): string {
  const date = new Date(at)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** How many calendar days ago. */
export function daysAgo(at: string, now: number): number {
  return Math.round((Date.parse(dayOf(now)) - Date.parse(dayOf(at))) / DAY_MS)
}

export interface Times {
  clock: (at: string) => string
  /** For the list of conversations. */
  short: (at: string, now: number) => string
  /** For the line between two days. */
  day: (at: string, now: number) => string
  /** With everything, for tooltips. */
  full: (at: string) => string
}

const known = new Map<string, Times>()

/** Made once for each language: the formats are slow to make and used by every line. */
export function timesIn(language: string): Times {
  const times = known.get(language) ?? made(language)
  known.set(language, times)
  return times
}

function made(language: string): Times {
  const locale = usual(language)
  const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hour12: false })
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'short' })
  const date = new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric' })
  const yearly = new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'short', day: 'numeric' })
  const full = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short', hour12: false })
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  const named = (days: number) => {
    const word = relative.format(-days, 'day')
    return word.charAt(0).toLocaleUpperCase(locale) + word.slice(1)
  }
  const isThisYear = (at: string, now: number) => at.slice(0, 4) === dayOf(now).slice(0, 4)
  return {
    clock: (at) => clock.format(new Date(at)),
    short: (at, now) => {
      const days = daysAgo(at, now)
      if (days <= 0) return clock.format(new Date(at))
      if (days === 1) return named(1)
      if (days < 7) return weekday.format(new Date(at))
      return (isThisYear(at, now) ? date : yearly).format(new Date(at))
    },
    day: (at, now) => {
      const days = daysAgo(at, now)
      if (days === 0 || days === 1) return named(days)
      if (!isThisYear(at, now)) return yearly.format(new Date(at))
      const parts = [weekday.format(new Date(at)), date.format(new Date(at))]
      return (language === 'en' ? parts : parts.toReversed()).join(' ')
    },
    full: (at) => full.format(new Date(at)),
  }
}

export function useTimes(): Times {
  const { i18n } = useLingui()
  return timesIn(i18n.locale)
}
