/** Whoever is named leads to their card, by click and Enter; whoever is not to be seen is only named. */
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import { fireEvent, screen, waitFor } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, expect, test, vi } from 'vitest'
import type { Message, SystemBody } from '~/api/types'
import { useCards } from './cards'
import { MessageActionsContext } from './conversation/actions'
import { MessageRow } from './conversation/MessageRow'
import type { Entry } from './engine/entry'
import { FakeServer } from './engine/fakeServer'
import { Name } from './names'
import { SystemText } from './SystemText'
import { asAnn } from './testing'
import { MessageText } from './text/MessageText'

vi.mock('~/api/client', async (original) => ({ ...(await original<typeof import('~/api/client')>()), call: () => Promise.resolve({ items: [] }) }))
afterEach(() => vi.restoreAllMocks())

function Followed({ children }: { children: ReactNode }) {
  return <div onClick={useCards()} role="presentation">{children}</div>
}

async function shown(view: (entry: Entry) => ReactNode) {
  const history = createMemoryHistory({ initialEntries: ['/'] })
  const side = await asAnn((entry) => {
    const root = createRootRoute({ component: () => <Followed>{view(entry)}</Followed>, notFoundComponent: () => null })
    return <RouterProvider router={createRouter({ routeTree: root, history })} />
  })
  await waitFor(() => expect(side.container.querySelector('[role=presentation]')).toBeTruthy())
  return { ...side, history }
}

const nothing = () => undefined
const actionsOf = (entry: Entry) => ({ entry, jump: nothing, reply: nothing, edit: nothing, forward: nothing, showReaders: nothing, remove: nothing })
const said = (author = 'bob'): Message => new FakeServer().store(author, 'x1', { v: 1, kind: 'text', text: 'Hi' })

test('the author’s name and picture are links that the tab key goes past; the message’s menu leads there as well, of others’ only', async () => {
  const message = said()
  const { container } = await shown((entry) => (
    <MessageActionsContext value={actionsOf(entry)}>
      <MessageRow row={{ t: 'message', key: 'x1', message, isFirst: true, isLast: true, isMine: false }} flashes={false} />
    </MessageActionsContext>
  ))
  expect(screen.getByRole('link', { name: 'Bob' }).getAttribute('href')).toBe('/o/acme/people/bob')
  const picture = container.querySelector('a[aria-hidden]')
  expect([picture?.getAttribute('href'), picture?.getAttribute('tabindex')]).toEqual(['/o/acme/people/bob', '-1'])
  expect(screen.getByRole('link', { name: 'Bob' }).getAttribute('tabindex')).toBe('-1')
  fireEvent.contextMenu(screen.getByRole('article'))
  expect((await screen.findByRole('menuitem', { name: 'Open the card' })).getAttribute('href')).toBe('/o/acme/people/bob')
})

test('one’s own messages have no way to one’s own card', async () => {
  const message = said('ann')
  await shown((entry) => (
    <MessageActionsContext value={actionsOf(entry)}>
      <MessageRow row={{ t: 'message', key: 'x1', message, isFirst: true, isLast: true, isMine: true }} flashes={false} />
    </MessageActionsContext>
  ))
  fireEvent.contextMenu(screen.getByRole('article'))
  expect(await screen.findByRole('menuitem', { name: 'Forward' })).toBeTruthy()
  expect(screen.queryByRole('menuitem', { name: 'Open the card' })).toBeNull()
})

test('who is called leads there, but not everybody, and not within another link', async () => {
  await shown(() => <MessageText text="@Bob and @everyone, see [what @Bob wrote](https://example.com)" mentions={['bob']} callsAll />)
  expect(screen.getAllByRole('link').map((link) => [link.textContent?.slice(0, 4), link.getAttribute('href')?.slice(0, 12)])).toEqual([['@Bob', '/o/acme/peop'], ['what', 'https://exam']])
})

test('a plain click stays in the program, one with a key held down is the browser’s', async () => {
  const { history } = await shown(() => <Name id="bob" isLink />)
  const link = screen.getByRole('link', { name: 'Bob' })
  const left = vi.fn<(isTaken: boolean) => void>()
  // Nothing is opened here: what the browser would do is only noted.
  const browser = (event: Event) => {
    left(event.defaultPrevented)
    event.preventDefault()
  }
  document.addEventListener('click', browser)
  fireEvent.click(link, { ctrlKey: true })
  expect(left).toHaveBeenLastCalledWith(false)
  expect(history.location.pathname).toBe('/')
  fireEvent.click(link)
  expect(left).toHaveBeenLastCalledWith(true)
  document.removeEventListener('click', browser)
  await waitFor(() => expect(history.location.pathname).toBe('/o/acme/people/bob'))
})

test('what happened names with links, where it is asked for; whoever is not to be found is no link', async () => {
  const body: Extract<Message['body'], { kind: 'system' }> & SystemBody = { v: 1, kind: 'system', event: 'added', member_ids: ['cen', 'gone'] }
  const message: Message = { ...said(), body }
  const { container } = await shown(() => (
    <>
      <p><SystemText message={message} body={body} hasLinks /></p>
      <p><SystemText message={message} body={body} /></p>
    </>
  ))
  const links = (place: number) => [...(container.querySelectorAll('p')[place]?.querySelectorAll('a') ?? [])].map((link) => link.textContent)
  expect(links(0)).toEqual(['Bob', '岑夏'])
  expect(links(1)).toEqual([])
})
