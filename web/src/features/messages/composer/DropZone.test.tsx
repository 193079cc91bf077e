/** Files dragged over a conversation (IM-06): taken where they are meant, and never opened by the browser in place of the app. */
import { act, createEvent, fireEvent, screen } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import { asAnn } from '../testing'
import { DropZone } from './DropZone'

beforeEach(() => {
  URL.createObjectURL = () => 'blob:x'
  URL.revokeObjectURL = () => undefined
})

const file = (name: string) => new File(['data'], name, { type: 'image/png' })

/** What a browser hands over; a folder comes as a file that only its entry gives away. */
const dragged = (files: readonly File[], folders: readonly File[] = []) => ({
  types: ['Files'],
  files,
  items: files.map((one) => ({ kind: 'file', type: one.type, webkitGetAsEntry: () => ({ isDirectory: folders.includes(one) }) })),
  dropEffect: 'none',
})

async function shown(canSend = true, isExplained = true, takesFiles = true) {
  const side = await asAnn((entry) => (
    <DropZone entry={{ ...entry, conversation: { ...entry.conversation, can: { ...entry.conversation.can, send: canSend } } }} title="Move" className="" takesFiles={takesFiles}>
      <p>Messages</p>
    </DropZone>
  ))
  if (isExplained) act(() => side.explained.agree())
  const names = () => side.uploads.store.getState().items.map((item) => item.name)
  return { ...side, names, zone: screen.getByRole('region', { name: 'Move' }), inside: screen.getByText('Messages') }
}

test('while files are above it, it says where they go; dropped, they stand beside the text field', async () => {
  const { zone, inside, names } = await shown()
  const data = dragged([file('beam.png'), file('dock.png')])
  fireEvent.dragEnter(zone, { dataTransfer: data })
  screen.getByText('members only')
  // Over a child it is still over it.
  fireEvent.dragEnter(inside, { dataTransfer: data })
  fireEvent.dragLeave(zone, { dataTransfer: data })
  screen.getByText('members only')
  const over = createEvent.dragOver(inside, { dataTransfer: data })
  fireEvent(inside, over)
  expect(over.defaultPrevented).toBe(true)
  expect(data.dropEffect).toBe('copy')
  const drop = createEvent.drop(inside, { dataTransfer: data })
  fireEvent(inside, drop)
  expect(drop.defaultPrevented).toBe(true)
  expect(names()).toEqual(['beam.png', 'dock.png'])
  expect(screen.queryByText('members only')).toBeNull()
})

test('who drags the files away again sends nothing', async () => {
  const { zone, names } = await shown()
  const data = dragged([file('beam.png')])
  fireEvent.dragEnter(zone, { dataTransfer: data })
  fireEvent.dragLeave(zone, { dataTransfer: data })
  expect(screen.queryByText('members only')).toBeNull()
  expect(names()).toEqual([])
})

test('the first time nothing is taken before it was said what happens to files', async () => {
  const { zone, names } = await shown(true, false)
  fireEvent.drop(zone, { dataTransfer: dragged([file('beam.png')]) })
  screen.getByRole('dialog', { name: 'Before the files are taken' })
  expect(names()).toEqual([])
  fireEvent.click(screen.getByRole('button', { name: 'Not now' }))
  expect(names()).toEqual([])
  fireEvent.drop(zone, { dataTransfer: dragged([file('dock.png')]) })
  fireEvent.click(screen.getByRole('button', { name: 'Take them' }))
  expect(names()).toEqual(['dock.png'])
  fireEvent.drop(zone, { dataTransfer: dragged([file('wall.png')]) })
  expect(screen.queryByRole('dialog')).toBeNull()
  expect(names()).toEqual(['dock.png', 'wall.png'])
})

test('a folder is left out, the files beside it are taken', async () => {
  const { zone, names } = await shown()
  const [folder, beam] = [file('plans'), file('beam.png')]
  fireEvent.drop(zone, { dataTransfer: dragged([folder, beam], [folder]) })
  expect(names()).toEqual(['beam.png'])
})

test('text that is dragged goes where it always goes', async () => {
  const { zone, names } = await shown()
  const text = { types: ['text/plain'], files: [], items: [] }
  fireEvent.dragEnter(zone, { dataTransfer: text })
  expect(screen.queryByText('members only')).toBeNull()
  const drop = createEvent.drop(zone, { dataTransfer: text })
  fireEvent(zone, drop)
  expect(drop.defaultPrevented).toBe(false)
  expect(names()).toEqual([])
})

test('where one may not send, nothing is taken, and the browser does not open the file either', async () => {
  const { zone, names } = await shown(false)
  const data = dragged([file('beam.png')])
  fireEvent.dragEnter(zone, { dataTransfer: data })
  expect(screen.queryByText('members only')).toBeNull()
  const over = createEvent.dragOver(zone, { dataTransfer: data })
  fireEvent(zone, over)
  expect(data.dropEffect).toBe('none')
  const drop = createEvent.drop(zone, { dataTransfer: data })
  fireEvent(zone, drop)
  expect([over.defaultPrevented, drop.defaultPrevented]).toEqual([true, true])
  expect(names()).toEqual([])
})

test('while a message is changed nothing is taken', async () => {
  const { zone, names } = await shown(true, true, false)
  const data = dragged([file('beam.png')])
  fireEvent.dragEnter(zone, { dataTransfer: data })
  expect(screen.queryByText('members only')).toBeNull()
  const drop = createEvent.drop(zone, { dataTransfer: data })
  fireEvent(zone, drop)
  expect(drop.defaultPrevented).toBe(true)
  expect(names()).toEqual([])
})

test('a file that misses the conversation is not opened in place of the app', async () => {
  const { names } = await shown()
  const drop = createEvent.drop(document.body, { dataTransfer: dragged([file('beam.png')]) })
  fireEvent(document.body, drop)
  expect(drop.defaultPrevented).toBe(true)
  expect(names()).toEqual([])
})
