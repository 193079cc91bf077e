/** What was chosen is drawn before the address says so, and only where it can be. */
import { createMemoryHistory, createRootRoute, createRoute, createRouter, Outlet, RouterProvider } from '@tanstack/react-router'
import { fireEvent, render, screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { type Messages, MessagesContext } from './context'
import { useChoose, useOpenConversation, useShowsConversations } from './opening'

function Links() {
  const choose = useChoose()
  const open = useOpenConversation()
  return ['a', 'b', 'c'].map((id) => (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions, jsx-a11y/click-events-have-key-events -- as the list of conversations has it
    <div key={id} onClickCapture={(click) => choose(id, click)}>
      <a href={`/o/acme/messages/${id}`} aria-current={open === id ? 'page' : undefined}>{id}</a>
    </div>
  ))
}

function Shown() {
  useShowsConversations()
  return <p>{`shown: ${useOpenConversation()}`}</p>
}

// Only the short name is asked for here.
// oxlint-disable-next-line typescript/consistent-type-assertions
const shared = { slug: 'acme' } as unknown as Messages

async function at(path: string) {
  const root = createRootRoute({ component: () => <MessagesContext value={shared}><Links /><Outlet /></MessagesContext> })
  const list = createRoute({ getParentRoute: () => root, path: '/o/acme/messages', component: () => <p>shown: none</p> })
  const one = createRoute({ getParentRoute: () => root, path: '/o/acme/messages/$conversation', component: Shown })
  const router = createRouter({ routeTree: root.addChildren([list, one]), history: createMemoryHistory({ initialEntries: [path] }) })
  render(<RouterProvider router={router} />)
  await screen.findByText(/^shown/)
  return router
}

test('the chosen one is drawn at once, the address follows, and the way back leads to the first', async () => {
  const router = await at('/o/acme/messages/a')
  expect(fireEvent.click(screen.getByText('b'))).toBe(false)
  expect(screen.getByText('shown: b')).toBeTruthy()
  expect(screen.getByText('b').getAttribute('aria-current')).toBe('page')
  expect(router.latestLocation.pathname).toBe('/o/acme/messages/a')
  await waitFor(() => expect(router.latestLocation.pathname).toBe('/o/acme/messages/b'))
  router.history.back()
  await screen.findByText('shown: a')
})

test('of two that are chosen in one breath the last one stays', async () => {
  const router = await at('/o/acme/messages/a')
  fireEvent.click(screen.getByText('b'))
  fireEvent.click(screen.getByText('c'))
  await waitFor(() => expect(router.latestLocation.pathname).toBe('/o/acme/messages/c'))
  expect(screen.getByText('shown: c')).toBeTruthy()
})

test('whoever went elsewhere meanwhile stays there', async () => {
  const router = await at('/o/acme/messages/a')
  fireEvent.click(screen.getByText('b'))
  await router.navigate({ to: '/o/acme/messages/$conversation', params: { conversation: 'c' } })
  await screen.findByText('shown: c')
  expect(router.latestLocation.pathname).toBe('/o/acme/messages/c')
})

test('a click with a key, and one where no conversation stands, are left alone', async () => {
  await at('/o/acme/messages/a')
  for (const key of ['ctrlKey', 'metaKey', 'shiftKey', 'altKey']) {
    const click = new MouseEvent('click', { bubbles: true, cancelable: true, [key]: true })
    screen.getByText('b').addEventListener('click', (event) => event.preventDefault(), { once: true })
    fireEvent(screen.getByText('b'), click)
    expect(screen.getByText('shown: a')).toBeTruthy()
  }
})
