/** A draft is its words and what they answer, on every device of a person, also while the conversation is open. */
import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Conversation, TextBody } from '~/api/types'
import { useChat, useEntry } from '../context'
import { afresh, type Writing } from '../conversation/writing'
import { withMy } from '../engine/entry'
import { withEntry } from '../engine/state'
import { update } from '../engine/store'
import { asAnn } from '../testing'
import { Composer } from './Composer'

const { call } = vi.hoisted(() => ({ call: vi.fn<(method: string, path: string, options: { body?: unknown }) => Promise<unknown>>() }))
vi.mock('~/api/client', async (original) => ({ ...(await original<typeof import('~/api/client')>()), call }))

beforeEach(() => {
  call.mockReset()
  call.mockResolvedValue({ items: [] })
})
afterEach(cleanup)

function Paper() {
  const entry = useEntry('c1')
  const first = useChat((state) => state.logs.get('c1')?.messages.get(1))
  const [writing, setWriting] = useState<Writing>(afresh)
  return (
    <>
      <button type="button" onClick={() => setWriting({ reply: 1, edited: null })}>Answer the first</button>
      <button type="button" onClick={() => setWriting({ reply: 2, edited: null })}>Answer the second</button>
      <button type="button" onClick={() => setWriting((before) => ({ ...before, edited: first ?? null }))}>Change the first</button>
      {entry && <Composer entry={entry} title="Move" writing={writing} onWriting={setWriting} onSent={() => undefined} />}
    </>
  )
}

async function opened() {
  const side = await asAnn(() => <Paper />)
  const { engine, server } = side
  /** Another device of Ann wrote, or sent what it had written. */
  const elsewhere = (draft: Conversation['my']['draft']) =>
    act(() => update(engine.store, (state) => withEntry(state, 'c1', (entry) => ({ ...entry, conversation: withMy(entry.conversation, { draft }) }))))
  const said = (): TextBody[] => server.messages.flatMap((message) => (message.author_id === 'ann' && message.body?.kind === 'text' ? [message.body] : []))
  const kept = () => server.put
  return { ...side, elsewhere, said, kept, user: userEvent.setup({ delay: null }), field: screen.getByRole('textbox', { name: 'Message Move' }) }
}

/** The window is put away: what was typed is taken in at once. */
function hide() {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
  act(() => void document.dispatchEvent(new Event('visibilitychange')))
  vi.restoreAllMocks()
}

const bar = () => screen.queryByText(/^Reply to/)

test('what another device answers arrives with its words, and is sent as an answer', async () => {
  const { elsewhere, said, settle, user, field } = await opened()
  const before = document.activeElement
  await elsewhere({ text: 'It is', reply_to: 1 })
  expect(field).toHaveProperty('value', 'It is')
  expect(bar()?.textContent).toBe('Reply to Bob')
  expect(screen.getByText('Is the dock clear?')).toBeTruthy()
  expect(document.activeElement).toBe(before)
  await user.type(field, '{Enter}')
  await settle()
  expect(said()).toEqual([{ v: 1, kind: 'text', text: 'It is', reply_to: { seq: 1, author_id: 'bob', excerpt: 'Is the dock clear?' } }])
})

test('once the draft was sent elsewhere the next message answers nothing', async () => {
  const { elsewhere, said, settle, user, field } = await opened()
  await elsewhere({ text: 'It is', reply_to: 1 })
  await elsewhere(null)
  expect(field).toHaveProperty('value', '')
  expect(bar()).toBeNull()
  await user.type(field, 'Lunch?{Enter}')
  await settle()
  expect(said()).toEqual([{ v: 1, kind: 'text', text: 'Lunch?' }])
})

test('the message that is answered is fetched when this device does not have it', async () => {
  const { elsewhere, server, engine, said, settle, user, field } = await opened()
  // The first message is far above what this device holds.
  for (let n = 2; n <= 12; n += 1) server.store('bob', `b${n}`, { v: 1, kind: 'text', text: `word ${n}` })
  for (let n = 0; n < 4; n += 1) await settle()
  act(() => update(engine.store, (state) => ({ ...state, logs: new Map() })))
  await act(() => engine.open('c1'))
  expect(engine.store.getState().logs.get('c1')?.messages.has(1)).toBe(false)
  await elsewhere({ text: 'It is', reply_to: 1 })
  await waitFor(() => expect(bar()?.textContent).toBe('Reply to Bob'))
  await user.type(field, '{Enter}')
  await settle()
  expect(said().map((body) => body.reply_to?.seq)).toEqual([1])
})

test('what is being written here is not taken away, neither its words nor what it answers', async () => {
  const { elsewhere, user, field } = await opened()
  await user.click(screen.getByText('Answer the first'))
  await user.type(field, 'My own')
  await elsewhere({ text: 'Other', reply_to: null })
  expect(field).toHaveProperty('value', 'My own')
  expect(bar()).toBeTruthy()
})

test('what is answered is kept with the words, also when only that changed or was given up', async () => {
  const { server, settle, user, field, kept } = await opened()
  server.store('bob', 'b2', { v: 1, kind: 'text', text: 'And the gate?' })
  await settle()
  await user.click(screen.getByText('Answer the first'))
  await user.type(field, 'Yes')
  await waitFor(() => expect(kept()).toEqual([{ text: 'Yes', reply_to: 1 }]), { timeout: 4_000 })
  await user.click(screen.getByText('Answer the second'))
  await waitFor(() => expect(kept().at(-1)).toEqual({ text: 'Yes', reply_to: 2 }), { timeout: 4_000 })
  fireEvent.keyDown(field, { key: 'Escape' })
  await waitFor(() => expect(kept().at(-1)).toEqual({ text: 'Yes', reply_to: null }), { timeout: 4_000 })
})

test('while an older message is changed the answer waits, and goes on after', async () => {
  const { engine, elsewhere, kept, user, field } = await opened()
  await elsewhere({ text: 'It is', reply_to: 1 })
  await user.click(screen.getByText('Change the first'))
  expect(screen.getByText('Edit your message')).toBeTruthy()
  await user.type(field, '{Escape}')
  expect(bar()?.textContent).toBe('Reply to Bob')
  cleanup()
  expect(engine.store.getState().entries.get('c1')?.conversation.my.draft).toEqual({ text: 'It is', reply_to: 1 })
  expect(kept()).toEqual([])
})

test('what is written without a network is there again when one comes back to it, and reaches the other devices', async () => {
  const { device, engine, server, settle, user, field, kept, again } = await opened()
  device.disconnect()
  await user.type(field, 'On my way')
  hide()
  expect(kept()).toEqual([])
  // The list is read again meanwhile: it knows nothing of these words.
  await act(() => engine.sync.list())
  expect(field).toHaveProperty('value', 'On my way')
  again()
  expect(screen.getByRole('textbox', { name: 'Message Move' })).toHaveProperty('value', 'On my way')
  await act(async () => device.connect())
  await settle()
  expect(server.drafts.get('ann')).toEqual({ text: 'On my way', reply_to: null })
})

test('what is sent without a network is no draft any more anywhere', async () => {
  const { device, server, settle, user, field } = await opened()
  await user.type(field, 'On my way')
  hide()
  await settle()
  expect(server.drafts.get('ann')).toBeTruthy()
  device.disconnect()
  await user.type(field, '{Enter}')
  await act(async () => device.connect())
  await settle()
  expect(server.drafts.has('ann')).toBe(false)
  expect(field).toHaveProperty('value', '')
})
