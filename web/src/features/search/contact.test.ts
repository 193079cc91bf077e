/** Somebody found by a contact is shown with it (SRCH-02). */
import { expect, test } from 'vitest'
import { contactOf } from './contact'

const lu = { user_id: 'captain', email: 'lu@yunwu.example', phone: '+8613800138000' }

test.each([
  ['CAPT', 'captain'],
  ['lu@y', 'lu@yunwu.example'],
  ['138 0013', '+8613800138000'],
  ['+86-138', '+8613800138000'],
  ['lu', null],
  ['yunwu', null],
  ['800', null],
  ['138x', null],
  ['', null],
])('“%s” was found by %s', (words, contact) => {
  expect(contactOf(lu, words)).toBe(contact)
})

test('what is not seen is not shown', () => {
  expect(contactOf({ email: lu.email }, 'captain')).toBeNull()
})
