import { describe, expect, test } from 'vitest'
import type { Message } from '~/api/types'
import { applyLive, applyPage, applyTail, emptyLog, gap, letGo, type Log, MOST_HELD, windowAt } from './log'
import { rangeAt } from './ranges'

const said = (seq: number): Message => ({ id: `m${seq}`, conversation_id: 'c', seq, n: seq, author_id: 'a', sent_at: '2026-11-01T00:00:00Z', state: 'sent', kept_until: '2027-11-01T00:00:00Z', body: { v: 1, kind: 'text', text: `${seq}` } })
const page = (from: number, to: number) => ({ from, to, items: Array.from({ length: to - from + 1 }, (_, n) => said(from + n)) })
const LAST = 20_000

/** Reads upwards from the end, a page at a time. */
function readUp(log: Log, pages: number): Log {
  let held = log
  for (let n = 0; n < pages; n += 1) {
    const from = (held.ranges[0]?.from ?? 0) - 50
    const older = page(from, from + 49)
    held = letGo(applyPage(held, older), older)
  }
  return held
}

describe('reading through years', () => {
  const tail = applyTail(emptyLog, page(LAST - 49, LAST))

  test('holds a thousand messages and the live end, without a hole in either', () => {
    const held = readUp(tail, 100)
    const first = held.ranges[0]
    expect(first).toEqual({ from: LAST - 49 - 5_000, to: LAST - 49 - 5_000 + MOST_HELD - 1 })
    // One of the live end makes the hole between them.
    expect(held.messages.size).toBe(MOST_HELD + 49)
    expect(windowAt(held, first?.from ?? 0, 0)).toHaveLength(MOST_HELD)
    expect(rangeAt(held.ranges, held.follow ?? 0)).toEqual({ from: LAST - 48, to: LAST })
    expect(gap(held)).toBeNull()
  })

  test('a new message still joins the live end', () => {
    const held = applyLive(readUp(tail, 100), said(LAST + 1))
    expect(rangeAt(held.ranges, held.follow ?? 0)).toEqual({ from: LAST - 48, to: LAST + 1 })
    expect(gap(held)).toBeNull()
  })

  test('and down again it comes to the live end as one stretch', () => {
    let held = readUp(tail, 100)
    for (let at = held.ranges[0]?.to ?? 0; at < LAST; at = rangeAt(held.ranges, at + 1)?.to ?? LAST) {
      const newer = page(at + 1, Math.min(at + 50, LAST))
      held = letGo(applyPage(held, newer), newer)
      expect(held.messages.size).toBeLessThanOrEqual(MOST_HELD + 100)
      expect(rangeAt(held.ranges, at + 1)).toBeTruthy()
    }
    expect(held.ranges.at(-1)?.to).toBe(LAST)
    expect(held.ranges).toHaveLength(1)
    expect(windowAt(held, LAST, 0).at(-1)?.seq).toBe(LAST)
  })

  test('a short conversation is held whole', () => {
    const held = readUp(tail, 10)
    expect(held.messages.size).toBe(550)
    expect(held.ranges).toHaveLength(1)
  })
})
