import { expect, test } from 'vitest'
import { stepOf } from './steps'

const list = { here: 0, lanes: 1, total: 10, page: 5 }
const grid = { here: 4, lanes: 3, total: 8, page: 6 }

test('keys move in a list and stop at its ends', () => {
  expect(stepOf('j', list)).toBe(1)
  expect(stepOf('ArrowUp', list)).toBe(0)
  expect(stepOf('PageDown', { ...list, here: 7 })).toBe(7 + 2)
  expect([stepOf('Home', { ...list, here: 7 }), stepOf('End', list)]).toEqual([0, 9])
  expect(stepOf('ArrowRight', list)).toBeNull()
  expect(stepOf('ArrowDown', { ...list, here: -1 })).toBe(0)
  expect(stepOf('ArrowDown', { ...list, total: 0 })).toBeNull()
})

test('in a grid they also move sideways, and down into a shorter last line', () => {
  expect([stepOf('ArrowRight', grid), stepOf('ArrowLeft', grid)]).toEqual([5, 3])
  expect(stepOf('ArrowDown', { ...grid, here: 5 })).toBe(7)
  expect(stepOf('ArrowDown', { ...grid, here: 6 })).toBe(6)
  expect(stepOf('ArrowUp', { ...grid, here: 1 })).toBe(1)
})
