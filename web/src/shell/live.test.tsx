/** A page is read before its socket is up: what changed in between shows all the same. */
import { act, screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { open, serve } from '../../mock/render'

/** The socket of the page under test, and the addresses under which it was opened. */
class Socket {
  static last: Socket | null = null
  static readonly opened: string[] = []
  onmessage: ((event: MessageEvent) => void) | null = null
  onclose: ((event: CloseEvent) => void) | null = null
  constructor(url: string) {
    Socket.last = this
    Socket.opened.push(url)
  }
  send() {}
  close() {}
  static says(frame: object) {
    return act(async () => Socket.last?.onmessage?.(new MessageEvent('message', { data: JSON.stringify(frame) })))
  }
}

const hello = { c: 'sys', k: 'hello', version: '0', session_id: 's', member_id: 'm', pos: 7, heartbeat_s: 30, frame_bytes: 65_536 }

test('the first hello has everything read again, a resumed connection nothing', async () => {
  const { state, asked } = serve()
  vi.stubGlobal('WebSocket', Socket)
  await open('/o/yunwu/people')
  expect(await screen.findByRole('heading', { level: 1, name: 'Yunwu Group' })).toBeTruthy()
  state.organisation.name_en = 'Yunwu Holding'
  await Socket.says(hello)
  expect(await screen.findByRole('heading', { level: 1, name: 'Yunwu Holding' })).toBeTruthy()

  const reads = () => asked.filter(({ method, url }) => method === 'GET' && url.startsWith('/v1/organisation')).length
  const before = reads()
  await act(async () => Socket.last?.onclose?.(new CloseEvent('close')))
  await vi.waitFor(() => expect(Socket.opened.at(-1)).toContain('pos=7'), { timeout: 2_000 })
  await Socket.says({ ...hello, pos: 9 })
  expect(reads()).toBe(before)
})
