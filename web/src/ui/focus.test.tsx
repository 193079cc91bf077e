/** The keyboard goes on where it was: what a menu or a button opens gives the focus back when it closes. */
import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { type ReactNode, useState } from 'react'
import { beforeEach, expect, test } from 'vitest'
import { Button } from './Button'
import { ConfirmDialog } from './ConfirmDialog'
import { ContextMenu, useContextMenu } from './ContextMenu'
import { Dialog } from './Dialog'
import { Menu, MenuItem } from './Menu'
import { Sheet } from './Sheet'

beforeEach(() => i18n.loadAndActivate({ locale: 'en', messages: {} }))

function shown(view: ReactNode) {
  render(<I18nProvider i18n={i18n}>{view}</I18nProvider>)
  return userEvent.setup({ delay: null })
}

function FromMenu() {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Menu label="Acts" trigger={<Button>Acts</Button>}>
        <MenuItem onAction={() => setOpen(true)}>Suspend</MenuItem>
      </Menu>
      <ConfirmDialog title="Suspend?" confirm="Suspend" isOpen={isOpen} onOpenChange={setOpen} onConfirm={() => setOpen(false)}>It closes at once.</ConfirmDialog>
    </>
  )
}

function FromContext() {
  const menu = useContextMenu()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <button type="button" {...menu.handlers}>A line</button>
      {menu.place !== null && (
        <ContextMenu label="Acts" place={menu.place} onClose={menu.close}>
          <MenuItem onAction={() => setOpen(true)}>Forward</MenuItem>
        </ContextMenu>
      )}
      {isOpen && <Dialog title="Forward" isOpen onOpenChange={setOpen}>To whom?</Dialog>}
    </>
  )
}

function FromButton() {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button onPress={() => setOpen(true)}>Who</Button>
      <Sheet title="Who has read this" isOpen={isOpen} onOpenChange={setOpen}>Bob</Sheet>
    </>
  )
}

const focused = () => document.activeElement?.textContent

test('a question asked from a menu, answered or left, gives the focus back to the button of the menu', async () => {
  const user = shown(<FromMenu />)
  for (const key of ['{Escape}', '{Tab}{Enter}']) {
    await user.tab()
    await user.keyboard('{Enter}')
    await user.click(await screen.findByRole('menuitem', { name: 'Suspend' }))
    expect(await screen.findByRole('alertdialog', { name: 'Suspend?' })).toBeTruthy()
    expect(focused()).toBe('Cancel')
    await user.keyboard(key)
    await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull())
    await waitFor(() => expect(focused()).toBe('Acts'))
    await user.tab({ shift: true })
  }
})

test('what the menu of a line opens gives the focus back to the line, and so does the menu itself', async () => {
  const user = shown(<FromContext />)
  await user.tab()
  await user.keyboard('{Shift>}{F10}{/Shift}')
  await screen.findByRole('menuitem', { name: 'Forward' })
  await user.keyboard('{Escape}')
  await waitFor(() => expect(focused()).toBe('A line'))
  await user.keyboard('{Shift>}{F10}{/Shift}')
  await screen.findByRole('menuitem', { name: 'Forward' })
  await user.keyboard('{Enter}')
  expect(await screen.findByRole('dialog', { name: 'Forward' })).toBeTruthy()
  await user.keyboard('{Escape}')
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  await waitFor(() => expect(focused()).toBe('A line'))
})

test('a sheet gives the focus back to its button', async () => {
  const user = shown(<FromButton />)
  await user.tab()
  await user.keyboard('{Enter}')
  expect(await screen.findByRole('dialog', { name: 'Who has read this' })).toBeTruthy()
  await user.keyboard('{Escape}')
  await waitFor(() => expect(focused()).toBe('Who'))
})
