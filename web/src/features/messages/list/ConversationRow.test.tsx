/** A press on a row opens its conversation; what is chosen in its menu does not. */
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import { useEntry } from '../context'
import { useOpenConversation, useShowsConversations } from '../opening'
import { asAnn } from '../testing'
import { useTimes } from '../times'
import { ConversationRow } from './ConversationRow'

vi.mock('~/shell/live', () => ({ useLiveState: () => ({ status: 'online', failures: 0 }) }))

afterEach(cleanup)

const NOW = Date.UTC(2026, 10, 22, 9)
const drawn = new Set<string>()

/** The row of the group while another conversation is on the screen. */
function Row() {
  useShowsConversations()
  const open = useOpenConversation()
  const entry = useEntry('c1')
  const times = useTimes()
  drawn.add(open ?? 'another')
  return (
    <>
      <p>{`open: ${open ?? 'another'}`}</p>
      {entry && <ConversationRow entry={entry} isOpen={open === 'c1'} times={times} now={NOW} />}
    </>
  )
}

async function shown() {
  drawn.clear()
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(null, { status: 204 })))
  const router = createRouter({ routeTree: createRootRoute({ component: Row }), history: createMemoryHistory({ initialEntries: ['/'] }) })
  await asAnn(() => <RouterProvider router={router} />)
  return { user: userEvent.setup({ delay: null }), row: await screen.findByRole('link', { name: /Move/ }) }
}

const acts = ['Mute', 'Pin to the top', /Mark as read/, 'Hide']

test.each(acts)('“%s”, chosen with the mouse, opens nothing', async (act) => {
  const { user, row } = await shown()
  fireEvent.contextMenu(row)
  await user.click(await screen.findByRole('menuitem', { name: act }))
  await waitFor(() => expect(screen.queryByRole('menu')).toBeNull())
  expect([...drawn]).toEqual(['another'])
})

test.each(acts)('“%s”, chosen with the keys, opens nothing', async (act) => {
  const { user, row } = await shown()
  row.focus()
  await user.keyboard('{Shift>}{F10}{/Shift}')
  const item = await screen.findByRole('menuitem', { name: act })
  item.focus()
  await user.keyboard('{Enter}')
  await waitFor(() => expect(screen.queryByRole('menu')).toBeNull())
  expect([...drawn]).toEqual(['another'])
})

test('a press on the row itself is drawn before the address follows', async () => {
  const { row } = await shown()
  fireEvent.click(row)
  expect(screen.getByText('open: c1')).toBeTruthy()
})
