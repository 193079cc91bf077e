/** What the list shows and counts. */
import { expect, test } from 'vitest'
import type { Conversation } from '~/api/types'
import { type Entry, entryOf } from '../engine/entry'
import { FakeServer } from '../engine/fakeServer'
import { countsOf, shownEntries } from './filter'

const base = new FakeServer().conversation('me')

function entries(...parts: { id: string; at: string; my?: Partial<Conversation['my']>; kind?: 'direct' | 'group' }[]): ReadonlyMap<string, Entry> {
  return new Map(
    parts.map(({ id, at, my, kind = 'group' }) => {
      const n = my?.unread ?? 0
      return [id, entryOf({ ...base, id, kind, last: { seq: n, n, at }, my: { ...base.my, ...my } })]
    }),
  )
}

const all = entries(
  { id: 'old', at: '2026-11-20T09:00:00Z' },
  { id: 'new', at: '2026-11-22T09:00:00Z', my: { unread: 2, mentions: 1 } },
  { id: 'pinned', at: '2026-11-01T09:00:00Z', my: { is_pinned: true } },
  { id: 'muted', at: '2026-11-21T09:00:00Z', my: { unread: 40, is_muted: true } },
  { id: 'hidden', at: '2026-11-22T10:00:00Z', my: { is_hidden: true } },
  { id: 'marked', at: '2026-11-19T09:00:00Z', kind: 'direct', my: { is_marked_unread: true } },
)
const ids = (filter: Parameters<typeof shownEntries>[1], open: string | null = null) => shownEntries(all, filter, open).map((entry) => entry.conversation.id)

test('pinned first, then the newest; hidden ones only while they are open', () => {
  expect(ids('all')).toEqual(['pinned', 'new', 'muted', 'old', 'marked'])
  expect(ids('all', 'hidden')).toContain('hidden')
})

test('the open conversation stays although reading it took it out of the filter', () => {
  expect(ids('unread')).toEqual(['new', 'muted', 'marked'])
  expect(ids('unread', 'old')).toEqual(['new', 'muted', 'old', 'marked'])
  expect(ids('mentions')).toEqual(['new'])
  expect(ids('groups')).not.toContain('marked')
})

test('muted conversations do not count, a mark counts one', () => {
  expect(countsOf(all)).toEqual({ unread: 3, mentions: 1 })
})
