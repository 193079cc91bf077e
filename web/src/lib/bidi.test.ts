import { expect, test } from 'vitest'
import { isolated, untwisted } from './bidi'

test('signs that turn text around are taken out, everything else stays', () => {
  expect(untwisted('pay \u202Emoc.knab\u202C now \u2067x\u2069')).toBe('pay moc.knab now x')
  expect(untwisted('مرحبا \u200F(1)، 你好')).toBe('مرحبا \u200F(1)، 你好')
})

test('a name written from right to left is kept in one piece, and cannot end that itself', () => {
  expect(isolated('Mara')).toBe('Mara')
  expect(isolated('沈知遥')).toBe('沈知遥')
  expect(isolated('נועה')).toBe('\u2068נועה\u2069')
  expect(isolated('נועה\u2069\u202E')).toBe('\u2068נועה\u2069')
  expect(isolated('\u202EnnA')).toBe('nnA')
})
