/** The overview of the keys: opened by them, true about them, and able to switch the single ones off (WCAG 2.1.4). */
import { screen, within } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { open, serve } from '../../mock/render'
import { provideShortcuts } from './shortcuts'
import { shortcuts as ofMessages } from '~/features/messages/shortcuts'
import { setSingleKeys } from './preferences'
import { showShortcuts } from './Shortcuts'

afterEach(() => {
  setSingleKeys(true)
  showShortcuts(false)
})

test('? opens the overview, but not while somebody writes', async () => {
  serve()
  const { user } = await open('/o/yunwu/people')
  const field = await screen.findByRole('searchbox')
  await user.click(field)
  await user.keyboard('?')
  expect(screen.queryByRole('dialog')).toBeNull()
  await user.click(document.body)
  await user.keyboard('?')
  const dialog = await screen.findByRole('dialog', { name: 'Keyboard shortcuts' })
  expect(within(dialog).getByText('?')).toBeTruthy()
})

test('a key of what is switched off is not listed (OPN-03)', async () => {
  provideShortcuts(...ofMessages)
  const items = [{ key: 'message_search', is_open: false, by_departments: true }]
  serve({ 'GET /v1/applications': () => ({ status: 200, body: { items, can: { edit: false } } }) })
  const { user } = await open('/o/yunwu/people')
  await screen.findByRole('heading', { level: 1 })
  await user.keyboard('?')
  const dialog = await screen.findByRole('dialog', { name: 'Keyboard shortcuts' })
  expect(within(dialog).getByText('Mark the open one unread')).toBeTruthy()
  expect(within(dialog).queryByText('Find in this conversation')).toBeNull()
})

test('with single keys switched off only the pressed-together ones work, and the overview says so', async () => {
  serve()
  const { user } = await open('/o/yunwu/people')
  await screen.findByRole('heading', { level: 1 })
  setSingleKeys(false)
  await user.keyboard('?')
  expect(screen.queryByRole('dialog')).toBeNull()
  await user.keyboard('{Control>}/{/Control}')
  const dialog = await screen.findByRole('dialog', { name: 'Keyboard shortcuts' })
  expect(within(dialog).queryByText('?')).toBeNull()
  expect(document.cookie).toContain('keys=chords')
  await user.click(within(dialog).getByRole('switch'))
  expect(within(dialog).getByText('?')).toBeTruthy()
  expect(document.cookie).not.toContain('keys=')
})
