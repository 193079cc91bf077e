/** How many have read an own message, and who (IM-02, IM-16). */
import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import type { Entry } from '../engine/entry'
import { asAnn } from '../testing'
import { MessageActionsContext } from './actions'
import { ReadState } from './ReadState'

const nothing = () => undefined
const actionsOf = (entry: Entry) => ({ entry, jump: nothing, reply: nothing, edit: nothing, forward: nothing, showReaders: nothing, remove: nothing })

test('in a group the count follows what is read, and says by name who has and who has not', async () => {
  vi.stubGlobal('fetch', async () => new Response(JSON.stringify({ read: [{ member_id: 'cen' }], unread: ['bob'] })))
  const ann = await asAnn((entry) => {
    const last = entry.conversation.last_message
    return last ? <MessageActionsContext value={actionsOf(entry)}><ReadState message={{ ...last, author_id: 'ann' }} /></MessageActionsContext> : null
  })
  expect(screen.getByRole('button').textContent).toBe('0/2 read')
  ann.server.read('cen', 1)
  await ann.settle()
  expect(screen.getByRole('button').textContent).toBe('1/2 read')
  await userEvent.setup({ delay: null }).click(screen.getByRole('button'))
  const dialog = await screen.findByRole('dialog', { name: 'Who has read this' })
  const [read, unread] = (await within(dialog).findAllByRole('list')).map((list) => list.textContent)
  expect(within(dialog).getAllByRole('heading').map((heading) => heading.textContent)).toEqual(['1 read', '1 not yet'])
  expect([read, unread]).toEqual([expect.stringContaining('岑夏'), expect.stringContaining('Bob')])
})

test('of whoever had their data frozen it is not told, and nobody counts them (DSR-04)', async () => {
  const ann = await asAnn((entry) => {
    const last = entry.conversation.last_message
    return last ? <MessageActionsContext value={actionsOf(entry)}><ReadState message={{ ...last, author_id: 'ann' }} /></MessageActionsContext> : null
  }, { untold: ['bob'] })
  expect(screen.getByRole('button').textContent).toBe('0/1 read')
  ann.server.read('cen', 1)
  await ann.settle()
  expect(screen.getByRole('button').textContent).toBe('All 1 read')
})
