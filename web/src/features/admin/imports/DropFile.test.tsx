/** A spreadsheet dropped on its place, and what is not one. */
import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { createEvent, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { DropFile } from './DropFile'

beforeEach(() => i18n.loadAndActivate({ locale: 'en', messages: {} }))

const sheet = () => new File(['姓名,手机号\n'], 'people.csv', { type: 'text/csv' })

/** What a browser hands over: files can be read only when they are dropped. */
const dragged = (...files: File[]) => ({
  types: ['Files'],
  files,
  items: files.map((one) => ({ kind: 'file', type: one.type, getAsFile: () => one, webkitGetAsEntry: () => ({ isFile: true, isDirectory: false }) })),
  effectAllowed: 'all',
  dropEffect: 'none',
  getData: () => '',
})

function shown(isPending = false) {
  const onFile = vi.fn<(file: File) => void>()
  const { container } = render(<I18nProvider i18n={i18n}><DropFile isPending={isPending} onFile={onFile}>At most 32 MB</DropFile></I18nProvider>)
  const zone = container.querySelector('.drop')
  if (!zone) throw new Error('no place to drop on')
  const drop = (data: object) => {
    fireEvent.dragEnter(zone, { dataTransfer: data })
    fireEvent.dragOver(zone, { dataTransfer: data })
    const isMarked = zone.hasAttribute('data-drop-target')
    const event = createEvent.drop(zone, { dataTransfer: data })
    fireEvent(zone, event)
    return { isMarked, isTaken: event.defaultPrevented }
  }
  return { onFile, zone, drop }
}

test('a spreadsheet that is dropped is taken, and its place shows that it will be', async () => {
  const { onFile, zone, drop } = shown()
  const people = sheet()
  expect(drop(dragged(people))).toEqual({ isMarked: true, isTaken: true })
  await waitFor(() => expect(onFile).toHaveBeenCalledWith(people))
  await waitFor(() => expect(zone.hasAttribute('data-drop-target')).toBe(false))
  screen.getByRole('button', { name: 'Choose a file' })
})

test('of several only the first is taken: an import begins with one list', async () => {
  const { onFile, drop } = shown()
  const people = sheet()
  drop(dragged(people, new File(['x'], 'other.csv', { type: 'text/csv' })))
  await waitFor(() => expect(onFile).toHaveBeenCalledTimes(1))
  expect(onFile).toHaveBeenCalledWith(people)
})

test('while one is uploaded another is not taken', async () => {
  const { onFile, drop } = shown(true)
  expect(drop(dragged(sheet())).isTaken).toBe(true)
  await Promise.resolve()
  expect(onFile).not.toHaveBeenCalled()
})

test('a file that misses the place is not opened in place of the app', () => {
  const { onFile } = shown()
  const event = createEvent.drop(document.body, { dataTransfer: dragged(sheet()) })
  fireEvent(document.body, event)
  expect(event.defaultPrevented).toBe(true)
  expect(onFile).not.toHaveBeenCalled()
})
