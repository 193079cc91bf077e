/** The messages stay whole when the sign-in is found to be over, until one is out of them (ACC-10). */
import { act, screen, waitFor } from '@testing-library/react'
import { beforeAll, expect, test, vi } from 'vitest'
import type { Handler } from '../../../mock/handlers'
import { open, serve } from '../../../mock/render'
import { provideFrame } from '~/shell/frame'
import { MessagesFrame } from './MessagesFrame'

class Socket {
  static last: Socket | null = null
  onmessage: ((event: MessageEvent) => void) | null = null
  onclose: ((event: CloseEvent) => void) | null = null
  constructor() {
    Socket.last = this
  }
  send() {}
  close() {}
}

beforeAll(() => provideFrame(MessagesFrame))

test('a socket that is refused again and again has the sign-in read, and whoever has none is led out without a page that failed', async () => {
  let isOver = false
  const own: Record<string, Handler> = { 'GET /v1/session': (_, state) => (isOver ? { status: 204 } : { status: 200, body: state.session }) }
  serve(own)
  vi.stubGlobal('WebSocket', Socket)
  const assign = vi.fn<(to: string) => void>()
  vi.stubGlobal('location', { ...location, assign })
  await open('/o/yunwu/messages')
  await screen.findAllByRole('heading', { name: 'Messages' }, { timeout: 5_000 })
  isOver = true
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    const tried = Socket.last
    await act(async () => tried?.onclose?.(new CloseEvent('close')))
    if (attempt < 3) await vi.waitFor(() => expect(Socket.last).not.toBe(tried), { timeout: 3_000 })
  }
  await waitFor(() => expect(assign).toHaveBeenCalled(), { timeout: 5_000 })
  expect(assign.mock.calls).toEqual([['/sign-in?next=%2Fo%2Fyunwu%2Fmessages&bye=ended']])
  expect(screen.queryByText(/could not be loaded/)).toBeNull()
}, 60_000)
