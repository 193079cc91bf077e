/** What is typed is understood as it is meant, in the three languages (SRCH-01). */
import { describe, expect, test } from 'vitest'
import { readDay, startOf } from './days'
import { meaningsOf, operatorName, read, tokensOf, wordsOf } from './operators'

const now = new Date(2026, 10, 20, 15, 0)
const reading = (text: string, isFinal = false) => read(text, { now, me: 'me-id', isFinal })

describe('words and operators', () => {
  test('text without operators is words, whatever colons it has', () => {
    expect(reading('see http://a.example:80 at 7:30 请看：这里')).toMatchObject({ text: 'see http://a.example:80 at 7:30 请看：这里', filters: {}, naming: null, unread: null })
    expect(wordsOf('see http://a.example:80 at 7:30')).toBe('see http://a.example:80 at 7:30')
  })

  test('an operator begins a word: inside of one it is text', () => {
    expect(tokensOf('sunset-from:here xkind:file')).toEqual([])
    expect(wordsOf('冷链类型:图片')).toBe('冷链类型:图片')
  })

  test.each([
    ['kind:picture ', 'picture'], ['类型:图片 ', 'picture'], ['类型：文件 ', 'file'], ['類型:檔案 ', 'file'], ['has:photo ', 'picture'], ['Type:File ', 'file'], ['類型：文字 ', 'text'],
  ])('%s is a kind as soon as a space follows', (text, kind) => {
    expect(reading(`冷链 ${text}`)).toMatchObject({ text: '冷链 ', filters: { kind } })
    expect(reading(`冷链 ${text.trim()}`).filters).toEqual({})
    expect(reading(`冷链 ${text.trim()}`, true).filters).toEqual({ kind })
  })

  test('days narrow to since, before, and one day', () => {
    expect(reading('after:2026-11-01 before:2026/11/05 冷链').filters).toEqual({ after: '2026-11-01', before: '2026-11-05' })
    expect(reading('晚于：11月1日 早於:2026年11月5日 冷链')).toMatchObject({ text: '冷链', filters: { after: '2026-11-01', before: '2026-11-05' } })
    expect(reading('日期:昨天 ').filters).toEqual({ after: '2026-11-19', before: '2026-11-20' })
  })

  test('a day there is not stays where it is and is said', () => {
    expect(reading('before:2026-02-30 x')).toMatchObject({ text: 'before:2026-02-30 x', filters: {}, unread: { operator: 'before', value: '2026-02-30' } })
    expect(reading('before:2026-02').unread).toBeNull()
    expect(wordsOf('before:2026-02-30 x')).toBe('x')
  })

  test.each([['from:何', 'from', '何'], ['冷链 发送人：何小', 'from', '何小'], ['傳送者:', 'from', ''], ['in:"East warehouse"', 'in', 'East warehouse'], ['会话:“华东 仓', 'in', '华东 仓'], ['in:仓库 冷链', 'in', '仓库']])(
    '%s names somebody or something to be chosen',
    (text, operator, value) => {
      expect(reading(text)).toMatchObject({ text, naming: { operator, value } })
    },
  )

  test.each([
    ['kind:', [{ kind: 'text' }, { kind: 'picture' }, { kind: 'file' }]],
    ['类型:图', [{ kind: 'picture' }]],
    ['类型:文件', [{ kind: 'file' }]],
    ['kind:zz', []],
    ['before:2026-11-01', [{ before: '2026-11-01' }]],
    ['日期:昨天', [{ after: '2026-11-19', before: '2026-11-20' }]],
    ['after:', [{ after: '2026-11-20' }, { after: '2026-11-19' }, { after: '2026-11-13' }]],
    ['before:2026-13-45', []],
  ])('%s is being written and can mean %j', (text, meanings) => {
    const { naming, filters } = reading(text)
    expect(filters).toEqual({})
    expect(naming && meaningsOf(naming, now)).toEqual(meanings)
  })

  test('me is the reader', () => {
    expect(reading('from:me cold chain')).toMatchObject({ text: 'cold chain', filters: { from: 'me-id' } })
    expect(reading('发送人：我 冷链')).toMatchObject({ text: '冷链', filters: { from: 'me-id' } })
  })

  test('what is taken out leaves the place of the others right', () => {
    const { text, naming } = reading('kind:file from:何 报价')
    expect(text).toBe('from:何 报价')
    expect(text.slice(naming?.start, naming?.end)).toBe('from:何')
  })

  test.each(['en', 'zh-CN', 'zh-TW'])('the names the interface writes in %s are understood', (language) => {
    for (const operator of ['from', 'in', 'after', 'before', 'on', 'kind'] as const) {
      expect(tokensOf(`${operatorName(operator, language)}:x`)).toMatchObject([{ operator, value: 'x' }])
    }
  })
})

describe('days', () => {
  test.each([
    ['2026-11-20', '2026-11-20'], ['2026.1.5', '2026-01-05'], ['2026年3月', '2026-03-01'], ['2026-03', '2026-03-01'], ['11/19', '2026-11-19'], ['12-24', '2025-12-24'], ['today', '2026-11-20'], ['7d', '2026-11-13'], ['30天', '2026-10-21'], ['前天', '2026-11-18'],
  ])('%s', (text, day) => expect(readDay(text, now)).toBe(day))

  test.each(['', 'soon', '2026-13-01', '31/31', '2026-11-31', '-1d'])('“%s” is no day', (text) => expect(readDay(text, now)).toBeNull())

  test('a day begins at midnight here', () => {
    expect(new Date(startOf('2026-11-20')).getHours()).toBe(0)
  })
})
