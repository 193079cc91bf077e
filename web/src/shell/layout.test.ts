import { describe, expect, test } from 'vitest'
import { readLayout, within } from './layout'

describe('the layout a device remembers', () => {
  test('is as it was made when nothing, or nothing that makes sense, was left', () => {
    const made = { widths: {}, people: 'list' }
    expect([null, '', '{', '[]', '7', '{"widths":7}', '{"widths":{"tree":"wide","moat":300}}'].map(readLayout)).toEqual(Array.from({ length: 7 }, () => made))
  })

  test('keeps what was chosen, inside what a column may be', () => {
    expect(readLayout('{"widths":{"tree":9000,"card":301.4},"people":"cards"}')).toEqual({ widths: { tree: 420, card: 301 }, people: 'cards' })
    expect([within('conversations', 1), within('conversations', 333.3)]).toEqual([240, 333])
  })
})
