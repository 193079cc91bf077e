import { expect, test } from 'vitest'
import { splitLogin } from './joinForm'

test('what somebody signs in with is told apart by its shape', () => {
  expect(splitLogin(' eve@yunwu.example ')).toEqual({ user_id: null, phone: null, email: 'eve@yunwu.example' })
  expect(splitLogin('+86 138 0013 2200')).toEqual({ user_id: null, phone: '+86 138 0013 2200', email: null })
  expect(splitLogin('li.wei')).toEqual({ user_id: 'li.wei', phone: null, email: null })
})
