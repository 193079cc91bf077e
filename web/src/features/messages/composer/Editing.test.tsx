/** A message that is being changed: it takes no files, and an unchanged one is not sent again. */
import { fireEvent, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test, vi } from 'vitest'
import type { Message } from '~/api/types'
import { FakeServer } from '../engine/fakeServer'
import { asAnn } from '../testing'
import { Composer } from './Composer'

const asked = vi.hoisted(() => vi.fn<(method: string, path: string, parameters: unknown) => Promise<unknown>>(() => Promise.resolve({ items: [] })))
vi.mock('~/api/client', async (original) => ({ ...(await original<typeof import('~/api/client')>()), call: asked }))

beforeEach(() => {
  asked.mockClear()
  URL.createObjectURL = () => 'blob:x'
  URL.revokeObjectURL = () => undefined
})

async function change(body: Partial<Extract<Message['body'], { kind: 'text' }>> = {}) {
  const edited = new FakeServer().store('ann', 'a1', { v: 1, kind: 'text', text: 'Dock 3', ...body })
  const onWriting = vi.fn<(next: unknown) => void>()
  const side = await asAnn((entry) => <Composer entry={entry} title="Move" writing={{ reply: null, edited }} onWriting={onWriting} onSent={() => undefined} />)
  const field = screen.getByRole('textbox', { name: 'Message Move' })
  await screen.findByRole('button', { name: 'Save' })
  const edits = () => asked.mock.calls.filter(([method]) => method !== 'get')
  return { ...side, onWriting, field, edits, user: userEvent.setup() }
}

test('no files can be put to it, not even out of the clipboard', async () => {
  const { field, uploads, explained } = await change()
  explained.agree()
  expect(screen.queryByRole('button', { name: 'Add files' })).toBeNull()
  expect(screen.queryByRole('button', { name: 'Pictures and videos' })).toBeNull()
  fireEvent.paste(field, { clipboardData: { getData: () => '', files: [new File(['data'], 'image.png', { type: 'image/png' })] } })
  expect(uploads.store.getState().items).toEqual([])
})

test('saving it as it was only ends the change; anything else is asked of the server', async () => {
  const { field, onWriting, edits, user } = await change({ mentions: ['bob'] })
  await user.click(screen.getByRole('button', { name: 'Save' }))
  expect(edits()).toEqual([])
  expect(onWriting).toHaveBeenCalledTimes(1)
  await user.type(field, '!')
  await user.click(screen.getByRole('button', { name: 'Save' }))
  expect(edits().length).toBe(1)
})
