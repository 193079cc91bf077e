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

/** Provinces by their codes of GB/T 2260, in English, simplified and traditional Chinese: `Intl` has no names for them. */
const PROVINCES: Readonly<Record<string, string>> = {
  11: 'Beijing 北京 北京', 12: 'Tianjin 天津 天津', 13: 'Hebei 河北 河北', 14: 'Shanxi 山西 山西', 15: 'Inner_Mongolia 内蒙古 內蒙古',
  21: 'Liaoning 辽宁 遼寧', 22: 'Jilin 吉林 吉林', 23: 'Heilongjiang 黑龙江 黑龍江', 31: 'Shanghai 上海 上海', 32: 'Jiangsu 江苏 江蘇',
  33: 'Zhejiang 浙江 浙江', 34: 'Anhui 安徽 安徽', 35: 'Fujian 福建 福建', 36: 'Jiangxi 江西 江西', 37: 'Shandong 山东 山東',
  41: 'Henan 河南 河南', 42: 'Hubei 湖北 湖北', 43: 'Hunan 湖南 湖南', 44: 'Guangdong 广东 廣東', 45: 'Guangxi 广西 廣西',
  46: 'Hainan 海南 海南', 50: 'Chongqing 重庆 重慶', 51: 'Sichuan 四川 四川', 52: 'Guizhou 贵州 貴州', 53: 'Yunnan 云南 雲南',
  54: 'Tibet 西藏 西藏', 61: 'Shaanxi 陕西 陝西', 62: 'Gansu 甘肃 甘肅', 63: 'Qinghai 青海 青海', 64: 'Ningxia 宁夏 寧夏',
  65: 'Xinjiang 新疆 新疆',
}
const LANGUAGES = ['en', 'zh-CN', 'zh-TW']

function provinceName(code: string, locale: string): string | undefined {
  return PROVINCES[code]?.split(' ')[Math.max(0, LANGUAGES.indexOf(locale))]?.replace('_', ' ')
}

/** A province stands behind its country; one that is not known stands there by its code. */
export function regionName(region: string, locale: string): string {
  const country = region.split('-')[0] ?? region
  const name = new Intl.DisplayNames([locale], { type: 'region' }).of(country) ?? country
  if (country === region) return name
  const province = country === 'CN' ? provinceName(region.slice(country.length + 1), locale) : undefined
  return `${name} · ${province ?? region}`
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
