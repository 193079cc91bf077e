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

test('what is open to one is asked for again when one’s own departments or the tree change, not when somebody else changes', async () => {
  const { asked } = serve()
  vi.stubGlobal('WebSocket', Socket)
  await open('/o/yunwu/people')
  await screen.findByRole('heading', { level: 1, name: 'Yunwu Group' })
  const reads = () => asked.filter(({ url }) => url.startsWith('/v1/applications')).length
  await Socket.says(hello)
  await vi.waitFor(() => expect(reads()).toBeGreaterThan(0))
  let pos = 20
  /** How often it is asked for after something has happened. */
  const after = async (name: string, data: object) => {
    const before = reads()
    await Socket.says({ c: 'events', k: 'event', pos: (pos += 1), name, at: '', data })
    return reads() - before
  }
  expect(await after('directory.member_changed', { member: 'somebody', fields: ['departments'] })).toBe(0)
  expect(await after('directory.member_changed', { member: hello.member_id, fields: ['departments'] })).toBe(1)
  expect(await after('directory.department_changed', { department: 'd1' })).toBe(1)
  expect(await after('directory.department_merged', { department: 'd1', into: 'd2' })).toBe(1)
  expect(await after('directory.people_imported', {})).toBe(1)
})

test('what is announced is asked for again when announcements are switched, not when something else is', async () => {
  const { asked } = serve()
  vi.stubGlobal('WebSocket', Socket)
  await open('/o/yunwu/people')
  await screen.findByRole('heading', { level: 1, name: 'Yunwu Group' })
  const reads = () => asked.filter(({ url }) => url.startsWith('/v1/announcements')).length
  await Socket.says(hello)
  await vi.waitFor(() => expect(reads()).toBeGreaterThan(0))
  const before = reads()
  await Socket.says({ c: 'events', k: 'event', pos: 40, name: 'applications.application_changed', at: '', data: { application: 'peers' } })
  expect(reads()).toBe(before)
  await Socket.says({ c: 'events', k: 'event', pos: 41, name: 'applications.application_changed', at: '', data: { application: 'announcements' } })
  expect(reads()).toBe(before + 1)
})

test('a farewell because the organisation is suspended leads to where it is named', async () => {
  serve()
  vi.stubGlobal('WebSocket', Socket)
  await open('/o/yunwu/people')
  await screen.findByRole('heading', { level: 1, name: 'Yunwu Group' })
  const assign = vi.fn<(to: string) => void>()
  vi.stubGlobal('location', { ...location, assign })
  await Socket.says({ c: 'sys', k: 'bye', code: 'organisation_suspended' })
  await act(async () => Socket.last?.onclose?.(new CloseEvent('close')))
  expect(assign).toHaveBeenCalledWith('/suspended?organisation=yunwu')
})
