/** NTF-01: when a message makes itself known, and when it stays quiet. */
import { expect, test } from 'vitest'
import type { Message } from '~/api/types'
import { entryOf } from '../engine/entry'
import { FakeServer } from '../engine/fakeServer'
import { type Moment, signFor } from './decide'

const settings = { desktop: true, sound: false, mentions_only: false, shows_text: true }
const moment: Moment = { me: 'me', open: null, isLookedAt: false, settings }
const conversation = new FakeServer().conversation('me')
const entry = entryOf(conversation)
const muted = entryOf({ ...conversation, my: { ...conversation.my, is_muted: true } })

function said(part: Partial<Message> = {}, mentions: string[] = []): Message {
  return {
    id: 'm',
    conversation_id: 'c1',
    seq: 1,
    n: 1,
    author_id: 'ann',
    sent_at: '2026-11-22T09:00:00.000Z',
    state: 'sent',
    body: { v: 1, kind: 'text', text: 'hello', mentions },
    kept_until: '2027-02-22T09:00:00.000Z',
    ...part,
  }
}

test('a message behind another window shows on the desktop', () => {
  expect(signFor(said(), entry, moment)).toEqual({ t: 'desktop', showsText: true, sound: false })
})

test('quiet for the open conversation while it is looked at, for own messages and for muted ones', () => {
  expect(signFor(said(), entry, { ...moment, open: 'c1', isLookedAt: true }).t).toBe('none')
  expect(signFor(said({ author_id: 'me' }), entry, moment).t).toBe('none')
  expect(signFor(said(), muted, moment).t).toBe('none')
  expect(signFor(said(), entry, { ...moment, settings: { ...settings, desktop: false } }).t).toBe('none')
})

test('being called goes through mute and through “mentions only”', () => {
  expect(signFor(said({}, ['me']), muted, moment).t).toBe('desktop')
  expect(signFor(said({}, ['me']), entry, { ...moment, settings: { ...settings, mentions_only: true } }).t).toBe('desktop')
  expect(signFor(said(), entry, { ...moment, settings: { ...settings, mentions_only: true } }).t).toBe('none')
})

test('while somebody works elsewhere in the window only a call is shown', () => {
  expect(signFor(said(), entry, { ...moment, isLookedAt: true }).t).toBe('none')
  expect(signFor(said({}, ['me']), entry, { ...moment, isLookedAt: true, open: 'c2' }).t).toBe('toast')
})
