/** What the rules mean is said before they are kept (IM-06). */
import { expect, test } from 'vitest'
import { amountOf, bytesOf, endingsOf, roomOf, verdict } from './policy'

const GIB = 1024 ** 3
const rules = { max_file_bytes: GIB, quota_bytes: 10 * GIB, refused_extensions: ['exe'], used_bytes: 9 * GIB }

test('a size is written as short as it can be and read back the same', () => {
  expect(amountOf(8 * GIB)).toEqual({ number: '8', unit: 'GiB' })
  expect(amountOf(1.5 * 1024 * GIB)).toEqual({ number: '1.5', unit: 'TiB' })
  expect(amountOf(100 * 1024 ** 2)).toEqual({ number: '100', unit: 'MiB' })
  for (const bytes of [1024 ** 2, 700 * 1024 ** 2, GIB, 2.25 * GIB, 1024 * GIB]) expect(bytesOf(amountOf(bytes))).toBe(bytes)
})

test('what is no size is none', () => {
  for (const number of ['', 'x', '0', '-1', '1e99', 'Infinity', 'NaN']) expect(bytesOf({ number, unit: 'GiB' })).toBeNull()
  expect(bytesOf({ number: '0,5', unit: 'GiB' })).toBe(GIB / 2)
})

test('endings are taken out of what people type', () => {
  expect(endingsOf('.EXE, bat；*.Cmd  exe\njs')).toEqual(['exe', 'bat', 'cmd', 'js'])
  expect(endingsOf(' , ')).toEqual([])
})

test('a file is judged as the server judges it', () => {
  expect(verdict(rules, 'film.mp4', GIB)).toBe('taken')
  expect(verdict(rules, 'film.mp4', GIB + 1)).toBe('too_large')
  expect(verdict(rules, 'Setup.EXE', 1)).toBe('refused')
  expect(verdict(rules, 'exe', 1)).toBe('taken')
  expect(verdict({ ...rules, used_bytes: 10 * GIB }, 'a.txt', 1)).toBe('no_room')
})

test('the smaller of the two limits is the room', () => {
  expect([roomOf(10, {}), roomOf(10, { most_bytes: null }), roomOf(10, { most_bytes: 4 }), roomOf(10, { most_bytes: 40 })]).toEqual([10, 10, 4, 10])
})
