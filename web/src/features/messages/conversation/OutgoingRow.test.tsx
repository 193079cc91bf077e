/** An own message that waits: for the network or for its files, it can be taken back as long as it has not gone out. */
import { act, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test, vi } from 'vitest'
import { useChat } from '../context'
import { asAnn } from '../testing'
import { OutgoingRow } from './OutgoingRow'

vi.mock('~/shell/live', () => ({ useLiveState: () => ({ status: 'waiting' }) }))

beforeEach(() => {
  URL.createObjectURL = () => 'blob:x'
  URL.revokeObjectURL = () => undefined
})

const text = (words: string) => ({ v: 1 as const, kind: 'text' as const, text: words })

function Outbox() {
  const outbox = useChat((state) => state.outbox)
  return outbox.map((item) => <OutgoingRow key={item.client_id} item={item} isFirst />)
}

test('what waits for the network can be taken back, files and all (IM-22)', async () => {
  const { engine, device, server, uploads, settle } = await asAnn(() => <Outbox />)
  const user = userEvent.setup()
  device.disconnect()
  uploads.add('c1', [new File(['data'], 'beam.png', { type: 'image/png' })])
  const files = uploads.store.getState().items.map((item) => item.id)
  expect(files).toHaveLength(1)
  act(() => void engine.sender.post('c1', text('The beam'), files))
  screen.getByText('Will send when online')
  await user.click(screen.getByRole('button', { name: 'Cancel' }))
  expect(screen.queryByText('The beam')).toBeNull()
  expect(uploads.store.getState().items).toEqual([])
  device.connect()
  await settle()
  expect(server.messages.some((message) => message.author_id === 'ann')).toBe(false)
})

test('what went out and has no answer is not offered to be taken back: it may have arrived', async () => {
  const { engine, device } = await asAnn(() => <Outbox />)
  act(() => void engine.sender.post('c1', text('Gone')))
  act(() => {
    device.disconnect()
    engine.sender.offline()
    engine.sender.post('c1', text('Here'))
  })
  screen.getByText('Gone')
  expect(screen.getAllByRole('button', { name: 'Cancel' })).toHaveLength(1)
})
