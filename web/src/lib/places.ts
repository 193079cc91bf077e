/** Regions and time zones by their names in the reader's language. */
const USUAL = 'CN TW HK MO SG MY JP KR IN AU DE FR GB US CA'.split(' ')

/** ISO 3166-1. */
const REGIONS = (
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ ' +
  'DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP ' +
  'KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM ' +
  'PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ ' +
  'UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW'
).split(' ')

interface Place {
  id: string
  label: string
}

/** Every region by name, the usual ones first; `current` too where it is another, such as a province. */
export function regions(current: string, locale: string): Place[] {
  const named = (ids: readonly string[]) => ids.map((id) => ({ id, label: regionName(id, locale) }))
  const others = byLabel(named(REGIONS.filter((id) => !USUAL.includes(id))), locale)
  const all = [...named(USUAL), ...others]
  return current === '' || all.some((place) => place.id === current) ? all : [...named([current]), ...all]
}

/** A province has no name of its own in `Intl`: it stands by its code behind its country. */
export function regionName(region: string, locale: string): string {
  const country = region.split('-')[0] ?? region
  const name = new Intl.DisplayNames([locale], { type: 'region' }).of(country) ?? country
  return country === region ? name : `${name} · ${region}`
}

const USUAL_ZONES = ['Asia/Shanghai', 'Asia/Taipei', 'Asia/Hong_Kong', 'Asia/Singapore', 'Asia/Tokyo', 'Europe/Berlin', 'Europe/London', 'America/New_York', 'America/Los_Angeles', 'UTC']

/** Every time zone, the usual ones first, and the one in use if it is another still. */
export function timeZones(current: string, locale: string): Place[] {
  const named = (ids: readonly string[]) => ids.map((id) => ({ id, label: timeZoneName(id, locale) }))
  const others = Intl.supportedValuesOf('timeZone').filter((id) => !USUAL_ZONES.includes(id))
  const all = [...named(USUAL_ZONES), ...byLabel(named(others), locale)]
  return current === '' || all.some((zone) => zone.id === current) ? all : [...named([current]), ...all]
}

/** What the zone is called, the city that stands for it (IANA has it in English only), and what it is ahead of UTC now. */
export function timeZoneName(zone: string, locale: string): string {
  const part = (timeZoneName: 'longGeneric' | 'longOffset') =>
    new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName }).formatToParts(new Date()).find(({ type }) => type === 'timeZoneName')?.value
  try {
    const city = zone.includes('/') ? zone.split('/').at(-1)?.replaceAll('_', ' ') : undefined
    return [part('longGeneric'), city, part('longOffset')].filter((text) => text !== undefined).join(' · ')
  } catch {
    return zone
  }
}

const byLabel = (places: Place[], locale: string) => {
  const { compare } = new Intl.Collator(locale)
  return places.sort((one, other) => compare(one.label, other.label))
}
