import { expect, test } from 'vitest'
import { isEmail, isPhone, wrongUserId } from './contact'

test('a phone number is one however it is written', () => {
  expect(['138 0013 8000', '+86 138-0013-8000', '0086 13800138000', '１３８００１３８０００', '+1 (415) 555-0100'].filter((text) => !isPhone(text))).toEqual([])
  expect(['12', 'call me', '+86+86', '123456789012345678', '1.38E+10', '+0123456789'].filter(isPhone)).toEqual([])
})

test('an e-mail address has two sides, and the right one has a dot inside', () => {
  expect(['ann@yunwu.example', ' Ann.Lee+x@a-b.co.uk ', '沈@云坞.cn'].filter((text) => !isEmail(text))).toEqual([])
  expect(['ann', 'ann@yunwu', '@yunwu.example', 'ann@.example', 'ann@yunwu.', 'ann@a..b', 'a n@yunwu.example', 'a@b@yunwu.example', 'Ann <ann@yunwu.example>'].filter(isEmail)).toEqual([])
})

test('a user ID begins with a letter or a digit and says why it is none', () => {
  expect(['li.wei', '沈一', 'a_1'].map(wrongUserId)).toEqual([null, null, null])
  expect(['a', 'x'.repeat(65)].map(wrongUserId)).toEqual(['length_2_to_64', 'length_2_to_64'])
  expect(['.li', 'li wei', 'li@wei'].map(wrongUserId)).toEqual(Array.from({ length: 3 }, () => 'letters_digits_dot_dash_underscore'))
})
