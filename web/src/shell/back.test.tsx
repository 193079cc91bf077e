/** Back closes what lies open over the page first; the way back and the way forward stay what they were. */
import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { createBrowserHistory, createRootRoute, createRoute, createRouter, Link, Outlet, type RouterHistory, RouterProvider } from '@tanstack/react-router'
import { act, configure, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { Button } from '~/ui/Button'
import { ConfirmDialog } from '~/ui/ConfirmDialog'
import { ContextMenu, useContextMenu } from '~/ui/ContextMenu'
import { Dialog } from '~/ui/Dialog'
import { Menu, MenuItem } from '~/ui/Menu'
import { Select } from '~/ui/Select'
import { Sheet } from '~/ui/Sheet'
import { watchBack } from './back'

beforeAll(() => {
  configure({ asyncUtilTimeout: 15_000 })
  i18n.loadAndActivate({ locale: 'en', messages: {} })
})

function Layers() {
  const [open, setOpen] = useState<'dialog' | 'sheet' | null>(null)
  const [isAsking, setAsking] = useState(false)
  const menu = useContextMenu()
  return (
    <>
      <Button onPress={() => setOpen('dialog')}>Open the dialog</Button>
      <Button onPress={() => setOpen('sheet')}>Open the sheet</Button>
      <Menu label="Acts" trigger={<Button>Open the menu</Button>}><MenuItem>Rename</MenuItem></Menu>
      <Select label="Language" choices={[{ id: 'a', label: 'English' }]} value={null} onChange={() => undefined} />
      <button type="button" {...menu.handlers}>A line</button>
      <ContextMenu label="Of the line" place={menu.place} onClose={menu.close}><MenuItem>Forward</MenuItem></ContextMenu>
      <Dialog title="A dialog" isOpen={open === 'dialog'} onOpenChange={() => setOpen(null)}>
        <Button onPress={() => setAsking(true)}>Ask</Button>
        <Link to="/two">Leave by a link</Link>
      </Dialog>
      <Sheet title="A sheet" isOpen={open === 'sheet'} onOpenChange={() => setOpen(null)}>Words</Sheet>
      <ConfirmDialog title="Sure?" confirm="Yes" isOpen={isAsking} onOpenChange={setAsking} onConfirm={() => setAsking(false)}>Think.</ConfirmDialog>
    </>
  )
}

const root = createRootRoute({ component: Outlet })
const page = (path: string) => createRoute({ getParentRoute: () => root, path, component: () => <><h1>{path}</h1><Layers /></> })
const routeTree = root.addChildren([page('before'), page('one'), page('two')])

let end = () => undefined as void
afterEach(() => end())

/** The first page of a tab is `first`; the others are opened after it. */
async function opened(first: string, ...then: string[]) {
  window.history.replaceState(null, '', first)
  const history = createBrowserHistory()
  const unwatch = watchBack(history)
  end = () => {
    unwatch()
    history.destroy()
  }
  const router = createRouter({ routeTree, history })
  render(<I18nProvider i18n={i18n}><RouterProvider router={router} /></I18nProvider>)
  await screen.findByRole('heading', { name: first.slice(1) })
  for (const path of then) await act(() => router.navigate({ href: path }))
  return { history, user: userEvent.setup({ delay: null }), length: window.history.length }
}

const press = (way: 'back' | 'forward') => act(() => window.history[way]())
const isAt = (path: string) => waitFor(() => expect([window.location.pathname, screen.getByRole('heading', { level: 1, hidden: true }).textContent]).toEqual([path, path.slice(1)]))
const isGone = (name: string) => waitFor(() => expect(screen.queryByRole(/Acts|line|Language/.test(name) ? 'menu' : 'dialog', { name })).toBeNull())
/** All that was still on its way in the history has arrived. */
async function settled(history: RouterHistory) {
  await waitFor(() => expect(window.history.state).toMatchObject({ __TSR_key: history.location.state.__TSR_key, __TSR_index: history.location.state.__TSR_index }))
}

test.each([
  ['a dialog', 'Open the dialog', 'dialog'],
  ['a sheet', 'Open the sheet', 'dialog'],
  ['a menu', 'Open the menu', 'menu'],
  ['the choices of a field', /Language/, 'listbox'],
])('%s is closed by Back, the page stays, and the next Back leaves it', async (_, button, role) => {
  const { history, user, length } = await opened('/before', '/one')
  await user.click(screen.getByRole('button', { name: button }))
  await screen.findByRole(role)
  await press('back')
  await waitFor(() => expect(screen.queryByRole(role)).toBeNull())
  await settled(history)
  await isAt('/one')
  expect(window.history.length).toBe(length)
  await press('back')
  await isAt('/before')
})

test('the menu of a line is closed by Back', async () => {
  const { history, user } = await opened('/before', '/one')
  await user.pointer({ target: screen.getByRole('button', { name: 'A line' }), keys: '[MouseRight]' })
  await screen.findByRole('menuitem', { name: 'Forward' })
  await press('back')
  await waitFor(() => expect(screen.queryByRole('menuitem')).toBeNull())
  await settled(history)
  await isAt('/one')
})

test('what Escape closed leaves nothing behind: Back leaves the page at once, and Forward comes back to it', async () => {
  const { user, length } = await opened('/before', '/one')
  await user.click(screen.getByRole('button', { name: 'Open the dialog' }))
  await screen.findByRole('dialog')
  await user.keyboard('{Escape}')
  await isGone('A dialog')
  expect(window.history.length).toBe(length)
  await press('back')
  await isAt('/before')
  await press('forward')
  await isAt('/one')
})

test('of two layers Back closes the upper one first', async () => {
  const { history, user } = await opened('/before', '/one')
  await user.click(screen.getByRole('button', { name: 'Open the dialog' }))
  await user.click(await screen.findByRole('button', { name: 'Ask' }))
  await screen.findByRole('alertdialog', { name: 'Sure?' })
  await press('back')
  await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull())
  await settled(history)
  expect(screen.getByRole('dialog', { name: 'A dialog' })).toBeTruthy()
  await press('back')
  await isGone('A dialog')
  await settled(history)
  await isAt('/one')
})

test('a link in a dialog leads away, and Back from there to the page without it', async () => {
  const { user } = await opened('/before', '/one')
  await user.click(screen.getByRole('button', { name: 'Open the dialog' }))
  await user.click(await screen.findByRole('link', { name: 'Leave by a link' }))
  await isAt('/two')
  expect(screen.queryByRole('dialog')).toBeNull()
  await press('back')
  await isAt('/one')
  await press('back')
  await isAt('/before')
})

test('on the first page of a tab Back closes what is open too, and what was ahead of it is counted right', async () => {
  const { history, user } = await opened('/one')
  await user.click(screen.getByRole('button', { name: 'Open the dialog' }))
  await screen.findByRole('dialog')
  await press('back')
  await isGone('A dialog')
  await settled(history)
  await isAt('/one')
  const length = window.history.length
  await user.click(screen.getByRole('button', { name: 'Open the sheet' }))
  await screen.findByRole('dialog')
  await user.keyboard('{Escape}')
  await isGone('A sheet')
  expect(window.history.length).toBe(length)
  await user.click(screen.getByRole('button', { name: 'Open the dialog' }))
  await user.click(await screen.findByRole('link', { name: 'Leave by a link' }))
  await isAt('/two')
  await press('back')
  await isAt('/one')
})

test('the threshold of a first page does not hold: Back goes past it to where one came from', async () => {
  window.history.pushState(null, '', '/elsewhere')
  window.history.pushState(null, '', '/one')
  const { history, user } = await opened('/one')
  await user.click(screen.getByRole('button', { name: 'Open the dialog' }))
  await screen.findByRole('dialog')
  await user.keyboard('{Escape}')
  await isGone('A dialog')
  await settled(history)
  await press('back')
  await waitFor(() => expect(window.location.pathname).toBe('/elsewhere'))
})
