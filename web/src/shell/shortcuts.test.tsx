/** The overview of the keys: opened by them, true about them, and able to switch the single ones off (WCAG 2.1.4). */
import { screen, within } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { open, serve } from '../../mock/render'
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
