import { expect, test } from 'vitest'
import { heardVersion, isPartMissing, useUpdate } from './update'

test('another version of the server than the first one means a newer client', () => {
  heardVersion('0.1.0')
  heardVersion('0.1.0')
  expect(useUpdate.getState().isNewer).toBe(false)
  heardVersion('0.2.0')
  expect(useUpdate.getState().isNewer).toBe(true)
})

test('a part that is gone is told apart from a page that failed', () => {
  const words = ['Failed to fetch dynamically imported module: /assets/PeoplePage-1.js', 'error loading dynamically imported module', 'Importing a module script failed.', 'Unable to preload CSS for /assets/x.css']
  expect(words.map((message) => isPartMissing(new TypeError(message)))).toEqual([true, true, true, true])
  expect(isPartMissing(new TypeError('x is undefined'))).toBe(false)
  expect(isPartMissing('gone')).toBe(false)
})
