import { expect, test } from 'vitest'
import { bytes, day, shortly } from './dates'
import { groupInitials, organisationName, personInitials } from './names'
import { passwordStrength } from './password'
import { regionName, regions, timeZoneName, timeZones } from './places'

test('a name is shortened as its script asks', () => {
  expect(personInitials('沈知遥', true)).toBe('知遥')
  expect(personInitials('沈知遥', false)).toBe('遥')
  // Alone, 一 would be read as a minus.
  expect(personInitials('沈一', true)).toBe('沈一')
  expect(['沈一', '张〇', '岑夏2', '一一'].map((name) => personInitials(name, false))).toEqual(['沈', '张', '岑', '一'])
  expect(personInitials('Mara Whitcombe', true)).toBe('MW')
  expect(personInitials('Mara Whitcombe', false)).toBe('M')
  expect(groupInitials('华东仓搬迁项目组')).toBe('华东')
  expect(groupInitials('EMEA pipeline')).toBe('EP')
})

test('an organisation is called by its name in the reader’s language, or by the one it has', () => {
  const both = { name: '云坞集团', name_zh: '云坞集团', name_en: 'Yunwu Group' }
  expect(organisationName(both, 'en')).toBe('Yunwu Group')
  expect(organisationName(both, 'zh-TW')).toBe('云坞集团')
  expect(organisationName({ name: 'Hakka Works', name_zh: null, name_en: 'Hakka Works' }, 'zh-CN')).toBe('Hakka Works')
  expect(organisationName({ name: '云坞集团' }, 'en')).toBe('云坞集团')
})

test('a region is called by its name, a province by its country and code', () => {
  expect(regionName('TW', 'en')).toBe('Taiwan')
  expect(regionName('CN-33', 'zh-CN')).toBe('中国 · 浙江')
  expect(regionName('CN-15', 'en')).toBe('China · Inner Mongolia')
  expect(regionName('CN-99', 'en')).toBe('China · CN-99')
  expect(regionName('DE-BE', 'en')).toBe('Germany · DE-BE')
})

test('every region and time zone can be chosen, the usual ones first', () => {
  const places = regions('CN-33', 'en')
  expect(places.slice(0, 2).map(({ id }) => id)).toEqual(['CN-33', 'CN'])
  expect(places.map(({ label }) => label)).toEqual(expect.arrayContaining(['Spain', 'United Arab Emirates', 'Indonesia']))
  expect(new Set(places.map(({ id }) => id)).size).toBe(places.length)
  expect(timeZones('', 'en').map(({ id }) => id)).toEqual(expect.arrayContaining(['Asia/Shanghai', 'Europe/Madrid', 'Asia/Dubai']))
  expect(timeZoneName('Asia/Shanghai', 'zh-CN')).toBe('中国标准时间 · Shanghai · GMT+08:00')
})

test('days and sizes are told in the reader’s way', () => {
  const now = new Date(2026, 10, 22, 12)
  expect(day(new Date(2026, 10, 20, 9).toISOString(), 'zh-CN', now)).toBe('11月20日 周五')
  expect(day(new Date(2026, 10, 20, 9).toISOString(), 'en', now)).toMatch(/^Fri,? 20 Nov$/)
  expect(shortly(new Date(2026, 10, 22, 9, 5).toISOString(), 'en', now)).toBe('09:05')
  expect(shortly(new Date(2026, 10, 21, 9).toISOString(), 'zh-CN', now)).toBe('昨天')
  expect(bytes(48_400_000, 'en')).toBe('46 MiB')
  expect([0, 1023, 1024, 1024 ** 4 - 1, 1024 ** 4].map((count) => bytes(count, 'en'))).toEqual(['0 B', '1,023 B', '1 KiB', '1 TiB', '1 TiB'])
})

test('a password of names, repeats or common words is never strong', () => {
  expect(passwordStrength('short', [])).toBe(0)
  expect(passwordStrength('aaaaaaaaaaaa', [])).toBe(1)
  expect(passwordStrength('shenzhiyao1', ['shenzhiyao'])).toBe(1)
  expect(passwordStrength('kiln osprey tallow', [])).toBe(3)
})
