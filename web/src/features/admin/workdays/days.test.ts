import { expect, test } from 'vitest'
import { ofYear, range, withDays } from './days'

test('a range has both its ends, over the end of a month', () => {
  expect(range('2026-09-29', '2026-10-02')).toEqual(['2026-09-29', '2026-09-30', '2026-10-01', '2026-10-02'])
  expect(range('2026-10-01', '')).toEqual(['2026-10-01'])
  expect(range('2026-10-02', '2026-10-01')).toEqual(['2026-10-02'])
})

test('a day that is said again is replaced and all stay in order', () => {
  const all = withDays([{ day: '2026-10-02', kind: 'holiday', name: 'a' }], ['2026-10-02', '2026-10-01'], 'made_up', '')
  expect(all).toEqual([{ day: '2026-10-01', kind: 'made_up', name: '' }, { day: '2026-10-02', kind: 'made_up', name: '' }])
  expect(ofYear(all, 2027)).toEqual([])
})
