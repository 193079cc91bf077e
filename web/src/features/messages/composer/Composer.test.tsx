/** Writing (IM-06): what sends, what does not, and whom it calls. */
import { cleanup, fireEvent, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import { serve } from '../../../../mock/render'
import type { TextBody } from '~/api/types'
import { asAnn } from '../testing'
import { afresh } from '../conversation/writing'
import type { Entry } from '../engine/entry'
import { EPOCH } from '../engine/fakeNouns'
import { FakeServer } from '../engine/fakeServer'
import { Composer } from './Composer'
import { format } from './format'

vi.mock('~/api/client', async (original) => ({
  ...(await original<typeof import('~/api/client')>()),
  call: () => Promise.resolve({ items: [] }),
}))

afterEach(cleanup)
afterEach(() => vi.useRealTimers())

async function setUp(more: Partial<Entry['conversation']['can']> = {}) {
  const onWriting = vi.fn<() => void>()
  const side = await asAnn((entry) => (
    <Composer entry={{ ...entry, conversation: { ...entry.conversation, can: { ...entry.conversation.can, ...more } } }} title="Move" writing={afresh} onWriting={onWriting} onSent={() => undefined} />
  ))
  const said = (): TextBody[] => side.server.messages.flatMap((message) => (message.author_id === 'ann' && message.body?.kind === 'text' ? [message.body] : []))
  return { ...side, onWriting, said, user: userEvent.setup(), field: screen.getByRole('textbox', { name: 'Message Move' }) }
}

test('Enter sends and empties the field, Shift Enter breaks the line', async () => {
  const { user, field, said, settle } = await setUp()
  await user.type(field, 'one{Shift>}{Enter}{/Shift}two{Enter}')
  await settle()
  expect(said().map((body) => body.text)).toEqual(['one\ntwo'])
  expect(field).toHaveProperty('value', '')
})

test('Enter that ends a composition does not send', async () => {
  const { user, field, said, settle } = await setUp()
  await user.type(field, 'nihao')
  fireEvent.keyDown(field, { key: 'Enter', isComposing: true })
  fireEvent.keyDown(field, { key: 'Enter', keyCode: 229 })
  await settle()
  expect(said()).toEqual([])
})

test('↑ in an empty field changes the last own message; with Alt it means the conversation above', async () => {
  const { user, field, settle, onWriting } = await setUp()
  await user.type(field, 'one{Enter}')
  await settle()
  onWriting.mockClear()
  vi.setSystemTime(EPOCH + 60_000)
  expect(fireEvent.keyDown(field, { key: 'ArrowUp', altKey: true })).toBe(true)
  expect(onWriting).not.toHaveBeenCalled()
  fireEvent.keyDown(field, { key: 'ArrowUp' })
  expect(onWriting).toHaveBeenCalledTimes(1)
})

test('an empty text is not sent', async () => {
  const { user, field, said, settle } = await setUp()
  await user.type(field, '   {Enter}')
  await settle()
  expect(said()).toEqual([])
})

test('@ offers the members of the group, Enter takes one, and the message calls that person', async () => {
  const { user, field, said, settle } = await setUp()
  await user.type(field, 'Hi @bo')
  expect(screen.getAllByRole('option').map((option) => option.textContent)).toEqual(['Bob'])
  await user.keyboard('{Enter}')
  expect(field).toHaveProperty('value', 'Hi @Bob ')
  await user.type(field, 'look{Enter}')
  await settle()
  expect(said()).toEqual([{ v: 1, kind: 'text', text: 'Hi @Bob look', mentions: ['bob'] }])
})

test('once a name is picked the people are gone, and Enter sends a message that ends with it', async () => {
  const { user, field, said, settle } = await setUp()
  await user.type(field, 'Look, @bo{Enter}')
  expect(screen.queryAllByRole('option')).toEqual([])
  await user.keyboard('{Enter}')
  await settle()
  expect(said()).toEqual([{ v: 1, kind: 'text', text: 'Look, @Bob', mentions: ['bob'] }])
  await user.type(field, '@b')
  expect(screen.getAllByRole('option').map((option) => option.textContent)).toEqual(['Bob'])
})

test('what is said after a name asks the server no more, whether it was picked or typed', async () => {
  const { asked } = serve()
  const { user, field } = await setUp()
  const people = () => asked.flatMap(({ url }) => (url.startsWith('/v1/members?') ? (new URLSearchParams(url.slice(12)).get('query') ?? []) : []))
  await user.type(field, '@bo{Enter}come to the dock')
  expect(field).toHaveProperty('value', '@Bob come to the dock')
  expect(people()).toEqual(['b', 'bo'])
  await user.clear(field)
  await user.type(field, '@zed come to the dock')
  expect(people()).toEqual(['b', 'bo', 'z', 'ze', 'zed'])
})

test('everyone is picked once, and Enter sends', async () => {
  const { user, field, said, settle } = await setUp({ mention_all: true })
  await user.type(field, 'Hello @al')
  // Whoever writes is not called.
  expect(screen.getByRole('option').textContent).toBe('everyone2')
  await user.keyboard('{Enter}')
  expect(field).toHaveProperty('value', 'Hello @everyone ')
  await user.keyboard('{Enter}')
  await settle()
  expect(said()).toMatchObject([{ text: 'Hello @everyone', mentions_all: true }])
})

test('a name that was taken out again is not called', async () => {
  const { user, field, said, settle } = await setUp()
  await user.type(field, '@bo{Enter}')
  await user.clear(field)
  await user.type(field, 'never mind{Enter}')
  await settle()
  expect(said()).toEqual([{ v: 1, kind: 'text', text: 'never mind' }])
})

test('Escape closes the people that are offered and keeps the text', async () => {
  const { user, field } = await setUp()
  await user.type(field, '@')
  expect(screen.getAllByRole('option').length).toBeGreaterThan(0)
  await user.keyboard('{Escape}')
  expect(screen.queryAllByRole('option')).toEqual([])
  expect(field).toHaveProperty('value', '@')
  await user.clear(field)
  await user.type(field, '@')
  expect(screen.getAllByRole('option').length).toBeGreaterThan(0)
})

test('the hint says what Enter does', async () => {
  const { unmount } = await setUp()
  expect(await screen.findByText('Enter to send · Shift Enter for a new line')).toBeTruthy()
  unmount()
  const edited = new FakeServer().store('ann', 'a1', { v: 1, kind: 'text', text: 'Dock 3' })
  await asAnn((entry) => <Composer entry={entry} title="Move" writing={{ reply: null, edited }} onWriting={() => undefined} onSent={() => undefined} />)
  expect(await screen.findByText('Enter to save · Shift Enter for a new line')).toBeTruthy()
})

test('marks go around what is selected and off again', () => {
  const bold = format({ text: 'a word here', start: 2, end: 6 }, 'bold')
  expect(bold).toEqual({ text: 'a **word** here', start: 4, end: 8 })
  expect(format(bold, 'bold')).toEqual({ text: 'a word here', start: 2, end: 6 })
  expect(format({ text: 'x\ny', start: 0, end: 3 }, 'list').text).toBe('- x\n- y')
})
