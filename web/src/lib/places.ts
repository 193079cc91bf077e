/** Regions and time zones by their names in the reader's language. */
export const REGIONS = ['CN', 'TW', 'HK', 'MO', 'SG', 'MY', 'JP', 'KR', 'IN', 'AU', 'DE', 'FR', 'GB', 'US', 'CA'] as const

/** A province has no name of its own in `Intl`: it stands by its code behind its country. */
export function regionName(region: string, locale: string): string {
  const country = region.split('-')[0] ?? region
  const name = new Intl.DisplayNames([locale], { type: 'region' }).of(country) ?? country
  return country === region ? name : `${name} · ${region}`
}

const ZONES = [
  'Asia/Shanghai',
  'Asia/Taipei',
  'Asia/Hong_Kong',
  'Asia/Macau',
  'Asia/Singapore',
  'Asia/Kuala_Lumpur',
  'Asia/Tokyo',
  'Asia/Seoul',
  'Asia/Kolkata',
  'Australia/Sydney',
  'Europe/Berlin',
  'Europe/Paris',
  'Europe/London',
  'America/New_York',
  'America/Chicago',
  'America/Los_Angeles',
  'UTC',
]

/** The usual zones, and the one in use if it is another. */
export const timeZones = (current: string) => (current === '' || ZONES.includes(current) ? ZONES : [current, ...ZONES])

export function timeZoneName(zone: string, locale: string): string {
  try {
    const parts = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(new Date())
    const offset = parts.find((part) => part.type === 'timeZoneName')?.value ?? ''
    return `${zone.split('/').at(-1)?.replaceAll('_', ' ') ?? zone} · ${offset}`
  } catch {
    return zone
  }
}
