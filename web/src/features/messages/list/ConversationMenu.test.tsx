import { act, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { Toasts } from '~/ui/toast'
import { useEntry } from '../context'
import { asAnn } from '../testing'
import { ConversationMenu } from './ConversationMenu'

function Menu() {
  const entry = useEntry('c1')
  return entry ? <ConversationMenu entry={entry} title="Dock" place={{ x: 1, y: 1 }} hasKeys onClose={() => {}} /> : null
}

/** Ann's menu of the group; what was asked of the server, which says yes to everything. */
async function opened() {
  const asked: [string, unknown][] = []
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    // That the menu was found is told elsewhere.
    if (!url.includes('/me/hints/')) asked.push([`${init.method} ${url.split('/').at(-1)}`, JSON.parse(String(init.body))])
    return new Response(null, { status: 204 })
  })
  const ann = await asAnn(() => (
    <>
      <Menu />
      <Toasts />
    </>
  ))
  return { ...ann, asked, user: userEvent.setup({ delay: null }), my: () => ann.engine.store.getState().entries.get('c1')?.conversation.my }
}

test.each([
  ['Pin to the top', 'Pinned to the top', 'is_pinned'],
  ['Mute', 'Muted', 'is_muted'],
  ['Hide', 'Hidden until the next message', 'is_hidden'],
] as const)('“%s” can be undone', async (act_, word, setting) => {
  const { asked, user, my } = await opened()
  await user.click(screen.getByRole('menuitem', { name: act_ }))
  expect(await screen.findByText(word)).toBeTruthy()
  expect(my()?.[setting]).toBe(true)
  await user.click(screen.getByRole('button', { name: 'Undo' }))
  await waitFor(() => expect(asked).toEqual([['PATCH my', { [setting]: true }], ['PATCH my', { [setting]: false }]]))
  expect(my()?.[setting]).toBe(false)
})

test('reading everything can be undone: the mark comes back', async () => {
  const { asked, user, my } = await opened()
  await user.click(screen.getByRole('menuitem', { name: /Mark as read/ }))
  await user.click(await screen.findByRole('button', { name: 'Undo' }))
  await waitFor(() => expect(asked).toEqual([['PATCH my', { is_marked_unread: true }]]))
  expect(my()?.is_marked_unread).toBe(true)
})

test('a draft that was deleted comes back', async () => {
  const { user, engine, server, my } = await opened()
  await act(async () => engine.draft('c1', { text: 'Half a thought', reply_to: null }))
  expect(server.drafts.get('ann')?.text).toBe('Half a thought')
  const menu = screen.queryByRole('menuitem', { name: 'Delete the draft' })
  if (!menu) throw new Error('no way to delete the draft')
  await user.click(menu)
  await waitFor(() => expect(server.drafts.has('ann')).toBe(false))
  await user.click(await screen.findByRole('button', { name: 'Undo' }))
  await waitFor(() => expect(server.drafts.get('ann')?.text).toBe('Half a thought'))
  expect(my()?.draft?.text).toBe('Half a thought')
})
