import { expect, test } from 'vitest'
import { amountOf, GIB, gibOf } from './amounts'

test('amounts are read as they are typed', () => {
  expect(['', ' 12 ', '2,5', '-1', 'x', '1e3'].map(amountOf)).toEqual([null, 12, 2.5, undefined, undefined, undefined])
  expect(['1,000', '2,000,000', '1,000.5', '12,5', '0,500', '1234,567', '1,00,000', '1,2,3'].map(amountOf)).toEqual([1000, 2_000_000, 1000.5, 12.5, undefined, undefined, undefined, undefined])
  expect([null, GIB, GIB / 2, 100 * GIB, 0].map(gibOf)).toEqual(['', '1', '0.5', '100', '0'])
  // However little it is, it is something, and can be typed.
  expect([GIB / 250, 1024, 1].map(gibOf)).toEqual(['0.004', '0.00000095', '0.00000000093'])
})
