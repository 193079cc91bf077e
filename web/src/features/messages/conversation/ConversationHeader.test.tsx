/** The tools over a conversation: those that are there for whoever looks. */
import { screen, waitFor } from '@testing-library/react'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { open, serve } from '../../../../mock/render'
import { provideFrame } from '~/shell/frame'
import { stopFinding, useFinding } from '~/shell/finding'
import { MessagesFrame } from '../MessagesFrame'

class Silent {
  send() {}
  close() {}
}

beforeAll(() => provideFrame(MessagesFrame))
afterEach(stopFinding)

test.each([true, false])('the way to find something in it is there when messages are searched: %s (OPN-03)', async (is_open) => {
  serve({ 'GET /v1/applications': () => ({ status: 200, body: { items: [{ key: 'message_search', is_open, by_departments: true }], can: { edit: false } } }) })
  vi.stubGlobal('WebSocket', Silent)
  const { user } = await open('/o/yunwu/messages/c01')
  await screen.findByRole('button', { name: 'Jump to a date' }, { timeout: 15_000 })
  expect(screen.queryByRole('button', { name: 'Find in this conversation' }) !== null).toBe(is_open)
  await user.keyboard('{Control>}{Shift>}f{/Shift}{/Control}')
  await waitFor(() => expect(useFinding.getState().start).toEqual(is_open ? { in: 'c01', scope: 'messages' } : null))
}, 60_000)
