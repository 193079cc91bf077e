/** What stands between messages, and which of them stand together (IM-01, IM-02). */
import { expect, test } from 'vitest'
import type { Message } from '~/api/types'
import type { Outgoing } from '../engine/outbox'
import { rowsOf } from './rows'

const at = (minute: number, day = 22) => new Date(Date.UTC(2026, 10, day, 9, minute)).toISOString()

function message(seq: number, author: string, sent: string, part: Partial<Message> = {}): Message {
  return {
    id: `m${seq}`,
    conversation_id: 'c',
    seq,
    n: seq,
    author_id: author,
    sent_at: sent,
    state: 'sent',
    body: { v: 1, kind: 'text', text: `t${seq}` },
    kept_until: at(0, 30),
    ...part,
  }
}

const shape = (messages: Message[], unreadAfter: number | null = null, outgoing: Outgoing[] = []) =>
  rowsOf({ messages, outgoing, me: 'me', unreadAfter, hasStart: true, dayOf: (time) => time.slice(0, 10) }).map((row) => {
    if (row.t === 'message') return `${row.isFirst ? 'first' : 'next'} ${row.message.seq}`
    return row.t === 'unread' ? `unread ${row.count}` : row.t
  })

test('a new day gets its line', () => {
  expect(shape([message(1, 'a', at(1, 21)), message(2, 'a', at(2, 22))])).toEqual(['start', 'day', 'first 1', 'day', 'first 2'])
})

test('one person within five minutes stands together, a recalled message stands alone', () => {
  const messages = [
    message(1, 'a', at(1)),
    message(2, 'a', at(3)),
    message(3, 'a', at(20)),
    message(4, 'b', at(21)),
    message(5, 'b', at(21), { state: 'recalled', body: null }),
    message(6, 'b', at(22)),
  ]
  expect(shape(messages)).toEqual(['start', 'day', 'first 1', 'next 2', 'first 3', 'first 4', 'first 5', 'first 6'])
})

test('the unread line stands before the first message of somebody else, and counts theirs', () => {
  const messages = [message(1, 'a', at(1)), message(2, 'me', at(2)), message(3, 'a', at(3)), message(4, 'a', at(4))]
  expect(shape(messages, 1)).toEqual(['start', 'day', 'first 1', 'first 2', 'unread 2', 'first 3', 'next 4'])
  expect(shape(messages, 4)).not.toContain('unread 0')
})

test('what is on its way comes last, in its order', () => {
  const item = (id: string): Outgoing => ({
    client_id: id,
    conversation_id: 'c',
    body: { v: 1, kind: 'text', text: id },
    created_at: at(5),
    state: 'queued',
  })
  expect(shape([message(1, 'a', at(1))], null, [item('x'), item('y')])).toEqual(['start', 'day', 'first 1', 'outgoing', 'outgoing'])
})

test('while older messages can come, no line stands above the first one: it would move', () => {
  const rows = rowsOf({ messages: [message(7, 'a', at(1))], outgoing: [], me: 'me', unreadAfter: null, dayOf: (time) => time.slice(0, 10) })
  expect(rows.map((row) => row.t)).toEqual(['message'])
})
