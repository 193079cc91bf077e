/** Alt and the arrows open conversations, wherever the caret is, but not below something that lies over the page. */
import { createMemoryHistory, createRootRoute, createRoute, createRouter, Outlet, RouterProvider } from '@tanstack/react-router'
import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import { useImperativeHandle } from 'react'
import { afterEach, expect, test, vi } from 'vitest'
import { openLayer } from '~/lib/layers'
import { entryOf } from './engine/entry'
import { FakeServer } from './engine/fakeServer'
import { useOpenConversation, useShowsConversations } from './opening'
import { asAnn } from './testing'
import { useSteps } from './useSteps'

const isPhone = vi.hoisted(() => vi.fn(() => false))
vi.mock('~/lib/useMedia', async (original) => ({ ...(await original<typeof import('~/lib/useMedia')>()), useIsPhone: isPhone }))
afterEach(() => isPhone.mockReturnValue(false))

const base = new FakeServer().conversation('ann')
const reveal = vi.fn<(id: string) => void>()

const listed = { entries: ['a', 'b'].map((id) => entryOf({ ...base, id })), reveal }

function Page() {
  const list = useSteps(useOpenConversation() ?? null)
  useImperativeHandle(list, () => listed, [])
  return <Outlet />
}

function Shown() {
  useShowsConversations()
  return <textarea aria-label={`shown: ${useOpenConversation()}`} />
}

async function at(path: string) {
  const root = createRootRoute({ component: Page })
  const one = createRoute({ getParentRoute: () => root, path: '/o/acme/messages/$conversation', component: Shown })
  const router = createRouter({ routeTree: root.addChildren([one]), history: createMemoryHistory({ initialEntries: [path] }) })
  await asAnn(() => <RouterProvider router={router} />)
  const field = await screen.findByRole('textbox')
  field.focus()
  return { router, field }
}

const down = { key: 'ArrowDown', altKey: true }

test('the next one is opened from where one writes, and seen in the list', async () => {
  const { router, field } = await at('/o/acme/messages/a')
  expect(fireEvent.keyDown(field, down)).toBe(false)
  expect(screen.getByRole('textbox', { name: 'shown: b' })).toBeTruthy()
  expect(reveal).toHaveBeenCalledWith('b')
  await waitFor(() => expect(router.latestLocation.pathname).toBe('/o/acme/messages/b'))
  expect(fireEvent.keyDown(field, down)).toBe(false)
  expect(screen.getByRole('textbox', { name: 'shown: b' })).toBeTruthy()
})

test('nothing is opened below a dialog, while something is composed, or by a key that something else took', async () => {
  const { field } = await at('/o/acme/messages/a')
  const close = openLayer(() => undefined)
  expect(fireEvent.keyDown(document.body, down)).toBe(true)
  act(() => close())
  fireEvent.keyDown(field, { ...down, isComposing: true })
  field.addEventListener('keydown', (event) => event.preventDefault(), { once: true })
  fireEvent.keyDown(field, down)
  expect(screen.getByRole('textbox', { name: 'shown: a' })).toBeTruthy()
  fireEvent.keyDown(field, down)
  expect(screen.getByRole('textbox', { name: 'shown: b' })).toBeTruthy()
})

test('on a phone these keys are nobody’s', async () => {
  isPhone.mockReturnValue(true)
  const { field } = await at('/o/acme/messages/a')
  expect(fireEvent.keyDown(field, down)).toBe(true)
})
