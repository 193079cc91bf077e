/** Places of pictures are known before they load, and enlarging never loses them. */
import { expect, test } from 'vitest'
import { boxOf, layoutOf, ratioOf, splitName } from './shape'
import { filesOf, isShown, kindOf } from './types'
import { drawn, moved, swipeOf, WHOLE, zoomed } from './zoom'

test('one picture keeps its shape and is never drawn larger than it is', () => {
  expect(boxOf({ width: 4000, height: 3000 })).toEqual({ width: 320, height: 240 })
  expect(boxOf({ width: 3000, height: 4000 })).toEqual({ width: 240, height: 320 })
  expect(boxOf({ width: 200, height: 100 })).toEqual({ width: 200, height: 100 })
  expect(boxOf({ width: 8, height: 8 })).toEqual({ width: 96, height: 96 })
})

test('a strip and a tower are cut, a picture of unknown size is four by three', () => {
  expect(ratioOf({ width: 10_000, height: 10 })).toBe(2.4)
  expect(ratioOf({ width: 10, height: 10_000 })).toBe(0.5)
  expect(ratioOf({})).toBeCloseTo(4 / 3)
})

test.each([[1, 'one'], [2, 'row'], [3, 3], [4, 2], [5, 3], [9, 3]])('%i pictures stand as %s', (count, layout) => {
  expect(layoutOf(count)).toBe(layout)
})

test('a name is cut in the middle: its kind and what stands before it stay', () => {
  expect(splitName('quarterly-report-final.xlsx')).toEqual(['quarterly-report-fi', 'nal.xlsx'])
  expect(splitName('搬迁时间表第三版（最终）.xlsx').join('')).toBe('搬迁时间表第三版（最终）.xlsx')
  expect(splitName('a.pdf')).toEqual(['a.pdf', ''])
  expect(splitName('no extension at all')).toEqual(['no extension ', 'at all'])
})

test('what is no picture for the server, or too large for it, is a file like any other', () => {
  const file = { id: 'f', name: 'a.png', size: 9_000_000, media_type: 'image/png', kind: 'picture' as const, has_thumbnail: false }
  expect(isShown(file)).toBe(false)
  // However few bytes it has: a picture without a small one was not drawn by the server either.
  expect(isShown({ ...file, size: 2_000, width: 30_000, height: 30_000 })).toBe(false)
  expect(isShown({ ...file, has_thumbnail: true })).toBe(true)
  expect(kindOf('image/svg+xml')).toBe('file')
  expect(kindOf('image/heic')).toBe('file')
  expect(filesOf({ text: 'x' })).toEqual([])
})

test('enlarging keeps the point under the finger, and the picture cannot be dragged out of sight', () => {
  const stage = { width: 400, height: 300 }
  const near = zoomed(WHOLE, 2, stage, { x: 100, y: 50 })
  expect(near).toEqual({ scale: 2, x: -100, y: -50 })
  expect(moved(near, 10_000, 0, stage).x).toBe(200)
  expect(moved(WHOLE, 50, 50, stage)).toEqual(WHOLE)
  expect(zoomed(near, 0.01, stage)).toEqual(WHOLE)
  expect(zoomed(WHOLE, 1000, stage).scale).toBe(8)
})

test('a picture is drawn whole and no larger than it is; a small one that is enlarged stays in sight', () => {
  const stage = { width: 400, height: 300 }
  expect(drawn({ width: 800, height: 200 }, stage)).toEqual({ width: 400, height: 100 })
  expect(drawn({ width: 40, height: 30 }, stage)).toEqual({ width: 40, height: 30 })
  const small = { ...stage, picture: { width: 40, height: 30 } }
  expect(moved({ scale: 8, x: 0, y: 0 }, 500, 500, small)).toEqual({ scale: 8, x: 0, y: 0 })
  expect(moved({ scale: 8, x: 0, y: 0 }, 500, 500, { ...stage, picture: { width: 80, height: 30 } })).toEqual({ scale: 8, x: 120, y: 0 })
})

test('a swipe turns the page, a pull down closes, a tremble does nothing', () => {
  expect(swipeOf(-90, 10)).toBe('next')
  expect(swipeOf(90, 10)).toBe('previous')
  expect(swipeOf(10, 140)).toBe('close')
  expect(swipeOf(20, 20)).toBeNull()
  expect(swipeOf(80, 79)).toBeNull()
})
