/** Files beside the text field (IM-06, IM-11): chosen, pasted, taken out, sent without a word. */
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test, vi } from 'vitest'
import { filesOf } from '../files/types'
import { asAnn } from '../testing'
import { afresh } from '../conversation/writing'
import { Composer } from './Composer'
import { pastedFiles } from './useAttach'

vi.mock('~/api/client', async (original) => ({
  ...(await original<typeof import('~/api/client')>()),
  call: () => Promise.resolve({ items: [] }),
}))

beforeEach(() => {
  URL.createObjectURL = () => 'blob:x'
  URL.revokeObjectURL = () => undefined
})

const picture = (name: string) => new File(['data'], name, { type: 'image/png' })

async function setUp() {
  const side = await asAnn((entry) => <Composer entry={entry} title="Move" writing={afresh} onWriting={() => undefined} onSent={() => undefined} />)
  const user = userEvent.setup({ applyAccept: false })
  const input = () => {
    const found = document.querySelector<HTMLInputElement>('input[type=file]:not([capture])')
    if (!found) throw new Error('no file input')
    return found
  }
  await screen.findByRole('button', { name: 'Add files' })
  return { ...side, user, input, field: screen.getByRole('textbox', { name: 'Message Move' }) }
}

test('the first time it says what happens to files before the chooser opens, and never again', async () => {
  const { user, input } = await setUp()
  const opened = vi.spyOn(input(), 'click').mockImplementation(() => undefined)
  await user.click(screen.getByRole('button', { name: 'Add files' }))
  expect(opened).not.toHaveBeenCalled()
  const dialog = screen.getByRole('dialog', { name: 'Before you choose files' })
  within(dialog).getByText(/Tulou gets only what you pick/)
  await user.click(within(dialog).getByRole('button', { name: 'Choose files' }))
  expect(opened).toHaveBeenCalledTimes(1)
  await user.click(screen.getByRole('button', { name: 'Add files' }))
  expect(screen.queryByRole('dialog')).toBeNull()
  expect(opened).toHaveBeenCalledTimes(2)
})

test('who does not agree chooses nothing, and is asked again', async () => {
  const { user, input } = await setUp()
  const opened = vi.spyOn(input(), 'click').mockImplementation(() => undefined)
  await user.click(screen.getByRole('button', { name: 'Add files' }))
  await user.click(screen.getByRole('button', { name: 'Not now' }))
  await user.click(screen.getByRole('button', { name: 'Add files' }))
  expect(opened).not.toHaveBeenCalled()
  screen.getByRole('dialog')
})

test('a picture goes without a word', async () => {
  const { user, input, settle, server, uploads } = await setUp()
  await user.upload(input(), picture('beam.png'))
  const list = screen.getByRole('list', { name: 'Files to send' })
  expect(within(list).getByTitle('beam.png')).toBeTruthy()
  await waitFor(() => expect(uploads.store.getState().items[0]?.state).toBe('ready'))
  await user.click(screen.getByRole('button', { name: 'Send' }))
  await settle()
  const [mine] = server.messages.filter((message) => message.author_id === 'ann')
  expect(mine?.body).toMatchObject({ kind: 'text', text: '' })
  expect(filesOf(mine?.body).map((file) => file.id)).toEqual(['beam.png'])
  expect(screen.queryByRole('list', { name: 'Files to send' })).toBeNull()
})

test('after files are chosen one writes to them: the words do not go astray, and Enter sends', async () => {
  const { user, input, field, settle, server } = await setUp()
  await user.click(screen.getByRole('button', { name: 'Add files' }))
  await user.click(screen.getByRole('button', { name: 'Choose files' }))
  const button = screen.getByRole('button', { name: 'Add files' })
  button.focus()
  expect(document.activeElement).toBe(button)
  fireEvent.change(input(), { target: { files: [picture('beam.png')] } })
  expect(document.activeElement).toBe(field)
  await user.keyboard('new beam{Enter}')
  await settle()
  const [mine] = server.messages.filter((message) => message.author_id === 'ann')
  expect(mine?.body).toMatchObject({ kind: 'text', text: 'new beam' })
  expect(filesOf(mine?.body).map((file) => file.id)).toEqual(['beam.png'])
})

test('a file that was refused says why, holds the message, and can be taken out', async () => {
  const { user, input, uploads } = await setUp()
  uploads.limit(3)
  await user.upload(input(), picture('beam.png'))
  expect(screen.getByRole('alert').textContent).toBe('Larger than 3 B, the most your organisation allows.')
  expect(screen.queryByRole('button', { name: 'Try beam.png again' })).toBeNull()
  await user.click(screen.getByRole('button', { name: 'Send' }))
  expect(screen.getByRole('list', { name: 'Files to send' })).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Remove beam.png' }))
  expect(screen.queryByRole('list', { name: 'Files to send' })).toBeNull()
})

test('at most nine go with one message', async () => {
  const { user, input, uploads } = await setUp()
  await user.upload(input(), Array.from({ length: 11 }, (_, n) => picture(`${n}.png`)))
  expect(uploads.store.getState().items).toHaveLength(9)
})

test('a pasted screenshot is taken in; a copied cell of a sheet stays text', async () => {
  const { user, field, uploads } = await setUp()
  fireEvent.paste(field, { clipboardData: { getData: () => '', files: [picture('image.png')] } })
  expect(uploads.store.getState().items).toEqual([])
  await user.click(screen.getByRole('button', { name: 'Take them' }))
  expect(uploads.store.getState().items.map((item) => item.name)).toEqual(['Picture.png'])
  fireEvent.paste(field, { clipboardData: { getData: () => '12', files: [picture('image.png')] } })
  expect(uploads.store.getState().items).toHaveLength(1)
})

test('only nameless screenshots are renamed', () => {
  const data = (file: File) => Object.assign(Object.create(DataTransferLike.prototype), { files: [file] })
  expect(pastedFiles(data(picture('plan.png')), 'Picture').map((file) => file.name)).toEqual(['plan.png'])
})

class DataTransferLike {
  files: File[] = []
  getData() {
    return ''
  }
}
