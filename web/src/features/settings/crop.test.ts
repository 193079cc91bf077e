import { describe, expect, test } from 'vitest'
import { cropOf, roomOf } from './crop'

const wide = { width: 900, height: 300 }

describe('the square that is cut out (DIR-09)', () => {
  test('reaches both edges of a wide picture, and no further', () => {
    expect(roomOf(wide, 1)).toEqual({ x: 1, y: 0 })
    expect(cropOf(wide, { x: 9, y: 9, zoom: 1 })).toEqual({ x: 1.5, y: 0.5, zoom: 1 })
    expect(cropOf(wide, { x: -9, y: -9, zoom: 2 })).toEqual({ x: 0.5 - 1.25, y: 0.25, zoom: 2 })
  })

  test('is never larger than the picture nor enlarged beyond four times', () => {
    expect([cropOf(wide, { x: 0.5, y: 0.5, zoom: 0.2 }).zoom, cropOf(wide, { x: 0.5, y: 0.5, zoom: 40 }).zoom]).toEqual([1, 4])
  })
})
