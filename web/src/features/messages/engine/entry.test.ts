/** Unread arithmetic (IM-17): two ordinals, one cursor that only rises. */
import { expect, test } from 'vitest'
import type { Message } from '~/api/types'
import { changed, entryOf, heard, mentions, mergeEntry, readUpTo, unread } from './entry'
import { FakeServer } from './fakeServer'

const server = new FakeServer()
for (let n = 0; n < 10; n += 1) server.store('ann', `k${n}`, { v: 1, kind: 'text', text: 'x' })
const conversation = server.conversation('me')

function said(seq: number, part: Partial<Message> = {}): Message {
  const first = server.messages[0]
  if (!first) throw new Error('no message')
  return { ...first, id: `m${seq}`, seq, n: seq, client_id: null, ...part }
}

test('counts what came after the snapshot, once', () => {
  const entry = heard(heard(entryOf(conversation), said(11), 'me'), said(11), 'me')
  expect(unread(entry)).toBe(11)
})

test('a message that skips others counts them too', () => {
  expect(unread(heard(entryOf(conversation), said(14), 'me'))).toBe(14)
})

test('a system line is no message to read', () => {
  const line = said(11, { n: 10, body: { v: 1, kind: 'system', event: 'added', member_ids: [] } })
  expect(unread(heard(entryOf(conversation), line, 'me'))).toBe(10)
})

test('own messages read everything before them', () => {
  expect(unread(heard(entryOf(conversation), said(11, { author_id: 'me' }), 'me'))).toBe(0)
})

test('the cursor never falls back, also when an older answer arrives late', () => {
  const read = readUpTo(entryOf(conversation), 8, 8)
  expect(unread(readUpTo(read, 3, 3))).toBe(2)
  expect(unread(mergeEntry(read, conversation))).toBe(2)
})

test('mentions are counted until they are read', () => {
  const call = said(11, { body: { v: 1, kind: 'text', text: '@me', mentions: ['me'] } })
  const called = heard(entryOf(conversation), call, 'me')
  expect(mentions(called)).toBe(1)
  expect(mentions(readUpTo(called, 11, 11))).toBe(0)
})

test('everybody is me too, but not when I said it', () => {
  const all = (author: string) => said(11, { author_id: author, body: { v: 1, kind: 'text', text: '@all', mentions_all: true } })
  expect(mentions(heard(entryOf(conversation), all('ann'), 'me'))).toBe(1)
  expect(mentions(heard(entryOf(conversation), all('me'), 'me'))).toBe(0)
})

test('a new message brings a hidden conversation back', () => {
  const hidden = entryOf({ ...conversation, my: { ...conversation.my, is_hidden: true } })
  expect(heard(hidden, said(11), 'me').conversation.my.is_hidden).toBe(false)
})

test('a snapshot from before that message does not hide it again (IM-01)', () => {
  const before = { ...conversation, my: { ...conversation.my, is_hidden: true } }
  const shown = mergeEntry(heard(entryOf(before), said(11), 'me'), before)
  expect(shown.conversation.my.is_hidden).toBe(false)
  expect(shown.lastMessage?.seq).toBe(11)
})

test('of two snapshots the later stays, in whatever order they arrive', () => {
  const later = { ...conversation, last: { ...conversation.last, seq: 12, n: 12 }, my: { ...conversation.my, unread: 1, mentions: 1 } }
  const before = { ...conversation, my: { ...conversation.my, is_hidden: true, is_muted: true } }
  const merged = mergeEntry(entryOf(later), before)
  expect(merged).toEqual(entryOf(later))
  expect(mergeEntry(entryOf(before), later)).toEqual(merged)
})

test('what is taken back before it was read is not unread, however often it is told (IM-17)', () => {
  const gone = (seq: number) => said(seq, { state: 'recalled', body: null })
  const once = changed(entryOf(conversation), gone(4))
  expect([unread(once), unread(changed(once, gone(4)))]).toEqual([9, 9])
  // Reading up to before it and past it counts what is left.
  expect(unread(readUpTo(once, 3, 3))).toBe(6)
  expect(unread(readUpTo(once, 4, 4))).toBe(6)
  // What was read counts no more, whatever becomes of it.
  expect(unread(changed(readUpTo(entryOf(conversation), 5, 5), gone(4)))).toBe(5)
  // The end of the conversation was taken back before this device heard that it was said.
  expect(unread(heard(changed(once, gone(11)), said(11), 'me'))).toBe(9)
})

test('the server says which of the unread were taken back, and an older answer does not bring them back', () => {
  const told = entryOf({ ...conversation, my: { ...conversation.my, unread: 8, recalled: [3, 4] } })
  expect(unread(told)).toBe(8)
  expect(unread(readUpTo(told, 3, 3))).toBe(6)
  expect(unread(mergeEntry(told, conversation))).toBe(8)
  expect(unread(mergeEntry(changed(entryOf(conversation), said(3, { state: 'removed', body: null })), conversation))).toBe(9)
})

test('a mention that was taken back calls nobody', () => {
  const call = said(11, { body: { v: 1, kind: 'text', text: '@me', mentions: ['me'] } })
  expect(mentions(changed(heard(entryOf(conversation), call, 'me'), { ...call, state: 'recalled', body: null }))).toBe(0)
})
