import { expect, test } from 'vitest'
import type { Department } from '~/api/types'
import { placeOf, stepOf, wayBack } from './places'

const one = (id: string, parent_id: string | null, position: number): Department => ({
  id, parent_id, position, name: id, member_count: 0, has_children: false, leader_ids: [], dotted_leader_ids: [], is_archived: false, revision: 1, can: { edit: true, hide: true, add_people: true },
})
const [a, b, c, below] = [one('a', null, 0), one('b', null, 1), one('c', null, 2), one('below', 'a', 0)]
const all = [a, b, c, below]

test('a department is put before, after and into another (DIR-04)', () => {
  expect(placeOf(all, c, 'before', 'a')).toEqual({ before: 'a' })
  expect(placeOf(all, a, 'after', 'b')).toEqual({ before: 'c' })
  expect(placeOf(all, a, 'after', 'c')).toEqual({ before: null })
  expect(placeOf(all, b, 'on', 'a')).toEqual({ parent_id: 'a', before: null })
  expect(placeOf(all, b, 'before', 'below')).toEqual({ parent_id: 'a', before: 'below' })
})

test('a department never goes below itself (DIR-04)', () => {
  expect(placeOf(all, a, 'on', 'below')).toBeNull()
  expect(placeOf(all, a, 'before', 'a')).toBeNull()
})

test('a department goes one place up or down (DIR-04)', () => {
  expect(stepOf(all, b, -1)).toEqual({ before: 'a' })
  expect(stepOf(all, b, 1)).toEqual({ before: null })
  expect(stepOf(all, a, 1)).toEqual({ before: 'c' })
  expect(stepOf(all, a, -1)).toBeNull()
  expect(stepOf(all, c, 1)).toBeNull()
})

test('what was moved goes back to the place it had (DIR-04)', () => {
  expect(wayBack(all, b, { before: 'a' })).toEqual({ before: 'c' })
  expect(wayBack(all, c, { before: 'a' })).toEqual({ before: null })
  expect(wayBack(all, b, { parent_id: 'a', before: null })).toEqual({ parent_id: null, before: 'c' })
  expect(wayBack(all, below, { parent_id: null, before: 'b' })).toEqual({ parent_id: 'a', before: null })
})
