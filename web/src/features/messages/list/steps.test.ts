/** Where Alt and an arrow lead. */
import { expect, test } from 'vitest'
import type { Conversation } from '~/api/types'
import { entryOf } from '../engine/entry'
import { FakeServer } from '../engine/fakeServer'
import { stepOf, stepped } from './steps'

const base = new FakeServer().conversation('me')
const entry = (id: string, my: Partial<Conversation['my']> = {}) => {
  const n = my.unread ?? 0
  return entryOf({ ...base, id, last: { ...base.last, seq: n, n }, my: { ...base.my, read_n: 0, ...my } })
}
const list = [entry('a', { unread: 1 }), entry('b'), entry('muted', { unread: 9, is_muted: true }), entry('called', { unread: 2, mentions: 1, is_muted: true }), entry('marked', { is_marked_unread: true })]
const on = { altKey: true, shiftKey: false, metaKey: false, ctrlKey: false }

test('Alt and an arrow are a step, with Shift to what is unread; with another key held down they are none', () => {
  expect(stepOf({ ...on, key: 'ArrowDown' })).toEqual({ way: 1, isToUnread: false })
  expect(stepOf({ ...on, key: 'ArrowUp', shiftKey: true })).toEqual({ way: -1, isToUnread: true })
  for (const other of [{ altKey: false }, { ctrlKey: true }, { metaKey: true }, { key: 'ArrowLeft' }]) expect(stepOf({ ...on, key: 'ArrowDown', ...other })).toBeNull()
})

test('a step leads to the one beside it, and from either end nowhere', () => {
  const to = (open: string | null, way: 1 | -1) => stepped(list, open, { way, isToUnread: false })
  expect([to('a', 1), to('muted', -1), to('a', -1), to('marked', 1)]).toEqual(['b', 'b', null, null])
  expect([to(null, 1), to(null, -1)]).toEqual(['a', null])
})

test('a step to the unread goes around the list, past what is read and what is muted and calls nobody', () => {
  const to = (open: string | null, way: 1 | -1) => stepped(list, open, { way, isToUnread: true })
  expect([to('b', 1), to('called', 1), to('marked', 1), to('a', -1), to(null, 1), to(null, -1)]).toEqual(['called', 'marked', 'a', 'marked', 'a', 'marked'])
  expect(stepped([entry('a', { unread: 1 }), entry('b')], 'a', { way: 1, isToUnread: true })).toBeNull()
})
