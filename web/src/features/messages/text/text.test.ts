/** The text of messages (IM-06): what is marked, what is linked, what is called, and what stays as it was written. */
import { describe, expect, test } from 'vitest'
import { placeOf, safeHref } from './address'
import { inline, parse } from './markdown'
import { mentionQuery, splitMentions, stillCalled } from './mentions'
import { plainText } from './plain'

describe('marks', () => {
  test('bold, italic, struck and code', () => {
    expect(inline('a **b** *c* ~~d~~ `e*f*`')).toEqual([
      { t: 'text', text: 'a ' },
      { t: 'strong', children: [{ t: 'text', text: 'b' }] },
      { t: 'text', text: ' ' },
      { t: 'em', children: [{ t: 'text', text: 'c' }] },
      { t: 'text', text: ' ' },
      { t: 'del', children: [{ t: 'text', text: 'd' }] },
      { t: 'text', text: ' ' },
      { t: 'code', text: 'e*f*' },
    ])
  })

  test('marks inside Chinese text', () => {
    expect(inline('请**今天**交')).toEqual([
      { t: 'text', text: '请' },
      { t: 'strong', children: [{ t: 'text', text: '今天' }] },
      { t: 'text', text: '交' },
    ])
  })

  test.each(['snake_case_name', '2 * 3 * 4', 'a ** b', '**', '5*6', '2*3*4', '~~', '`', '\\*no\\*'])('%s stays text', (text) => {
    expect(inline(text)).toEqual([{ t: 'text', text: text.replaceAll('\\', '') }])
  })

  test('lists, quotes and code blocks', () => {
    expect(parse('note\n- one\n- two\n\n3. three\n> said\n```rust\nlet a = *b;\n```')).toEqual([
      { t: 'p', children: [{ t: 'text', text: 'note' }] },
      { t: 'list', isOrdered: false, start: 1, items: [[{ t: 'text', text: 'one' }], [{ t: 'text', text: 'two' }]] },
      { t: 'list', isOrdered: true, start: 3, items: [[{ t: 'text', text: 'three' }]] },
      { t: 'quote', children: [{ t: 'text', text: 'said' }] },
      { t: 'pre', text: 'let a = *b;', language: 'rust' },
    ])
  })
})

describe('links', () => {
  test.each([
    ['看 https://tulou.example/a_b。', 'https://tulou.example/a_b'],
    ['(see https://a.example/x(1))', 'https://a.example/x(1)'],
    ['www.example.com, yes', 'https://www.example.com'],
    ['[the plan](https://a.example/p)', 'https://a.example/p'],
  ])('%s', (text, href) => {
    const found = inline(text).find((node) => node.t === 'link')
    expect(found && 'href' in found ? found.href : null).toBe(href)
  })

  test.each(['javascript:alert(1)', 'java\tscript:x', ' https://a.example', 'data:text/html,x', 'vbscript:x', '//a.b'])(
    '%s is not safe',
    (href) => expect(safeHref(href)).toBeNull(),
  )

  test.each([
    ['the plan', 'https://evil.example/p', 'evil.example'],
    ['https://bank.example', 'https://evil.example', 'evil.example'],
    ['bank.example', 'https://bank.example.evil.example/', 'bank.example.evil.example'],
    ['bank.example', 'https://bank.example:8443/', 'bank.example:8443'],
    ['https://bank.example', 'https://bank.example@evil.example/', 'evil.example'],
    ['https://bank.example@evil.example/', 'https://bank.example@evil.example/', 'evil.example'],
    ['https://bаnk.example', 'https://bаnk.example', 'xn--bnk-6cd.example'],
    ['ann@bank.example', 'mailto:mal@evil.example', 'mal@evil.example'],
    ['call', 'tel:+8613800000000', '+8613800000000'],
    ['the bank', 'mailto:%', '%'],
  ])('“%s” to %s shows %s', (words, href, place) => expect(placeOf(href, words)).toBe(place))

  test.each([
    ['https://a.example/x', 'https://a.example/x'],
    ['A.example', 'https://a.example/x?y'],
    ['http://a.example', 'https://www.a.example'],
    ['ann@a.example', 'mailto:ann@a.example'],
  ])('“%s” to %s says itself where it leads', (words, href) => expect(placeOf(href, words)).toBeNull())

  test('a link carries where it leads, an address does not repeat it', () => {
    expect(inline('[https://bank.example](https://evil.example)')[0]).toMatchObject({ t: 'link', place: 'evil.example' })
    expect(inline('https://a.example/b')[0]).toMatchObject({ t: 'link', place: null })
  })

  test('a message cannot turn its own words around', () => {
    expect(plainText('see \u202Emoc.knab\u202C')).toBe('see moc.knab')
  })

  test('brackets around an address are no words', () => {
    expect(inline('see <https://a.example/x(1).> now')).toEqual([
      { t: 'text', text: 'see ' },
      { t: 'link', href: 'https://a.example/x(1).', place: null, children: [{ t: 'text', text: 'https://a.example/x(1).' }] },
      { t: 'text', text: ' now' },
    ])
    expect(inline('<www.a.example>')[0]).toMatchObject({ t: 'link', href: 'https://www.a.example' })
    expect(plainText('a < b, <https:// > and <javascript:x>')).toBe('a < b, <https:// > and <javascript:x>')
  })

  test('an unsafe link stays text', () => {
    expect(inline('[x](javascript:alert(1))')[0]).toEqual({ t: 'text', text: '[x](javascript:alert(1))' })
  })
})

describe('mentions', () => {
  const people = [
    { id: '1', name: '沈知遥' },
    { id: '2', name: 'Li Na' },
    { id: '3', name: 'Li' },
  ]

  test('the longest name wins, and an uncalled name is text', () => {
    expect(splitMentions('@Li Na and @Li, not @Bob', people, false)).toEqual([
      { t: 'mention', text: '@Li Na', id: '2' },
      { t: 'words', text: ' and ' },
      { t: 'mention', text: '@Li', id: '3' },
      { t: 'words', text: ', not @Bob' },
    ])
  })

  test('everybody is called only when the message says so', () => {
    expect(splitMentions('@所有人 看', [], true)[0]).toEqual({ t: 'mention', text: '@所有人', id: null })
    expect(splitMentions('@所有人 看', [], false)).toEqual([{ t: 'words', text: '@所有人 看' }])
  })

  test('the @ being written', () => {
    expect(mentionQuery('你好 @shen', 8)).toEqual({ at: 3, query: 'shen' })
    expect(mentionQuery('mail a@b', 8)).toBeNull()
    expect(mentionQuery('请@', 2)).toEqual({ at: 1, query: '' })
  })

  test('who is still called', () => {
    expect(stillCalled('@Li Na ok', people)).toEqual(['2'])
  })
})

test('a line without marks', () => {
  expect(plainText('**Hi**\n- a\n- [b](https://x.example)')).toBe('Hi a · b')
  expect(plainText('字'.repeat(300), 10)).toBe(`${'字'.repeat(9)}…`)
})

test('any text gives a tree and keeps its words', () => {
  const letters = ['*', '_', '~', '`', '[', ']', '(', ')', '\n', ' ', 'a', '字', '-', '1.', '<', '>', 'http://', '\\', '@']
  let state = 7
  for (let run = 0; run < 3000; run += 1) {
    let text = ''
    for (let index = 0; index < 24; index += 1) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      text += letters[state % letters.length]
    }
    const words = (from: string) => from.replaceAll(/[^字]/g, '')
    expect(words(plainText(text, 500))).toBe(
      words(text.replaceAll(/\[[^\][]*\]\(http:[^()\s]*\)/g, (link) => link.split('](')[0] ?? '')),
    )
  }
})
