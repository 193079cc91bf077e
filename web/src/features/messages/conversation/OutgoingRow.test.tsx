/** An own message that waits: for the network or for its files, it can be taken back as long as it has not gone out. */
import { act, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test, vi } from 'vitest'
import { useChat } from '../context'
import { asAnn } from '../testing'
import { freshUpload } from '../uploads/upload'
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

test('what waits for the network can be taken back, files and all', async () => {
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

/** A film of 100 MB of which a sixth arrived before the line was cut. */
const cut = { ...freshUpload('u1', 'c1', { name: 'hall.mp4', size: 100_000_000, type: 'video/mp4' }), isDraft: false, state: 'paused' as const, sent: 16_500_000 }

test('while the line is cut it stays said how much of the files is there: they go on from that', async () => {
  const { engine, device, uploads } = await asAnn(() => <Outbox />)
  device.disconnect()
  act(() => {
    uploads.store.setState({ items: [cut] })
    engine.sender.post('c1', text('The hall'), ['u1'])
  })
  screen.getByText('16% sent, goes on when online')
  act(() => uploads.store.setState({ items: [{ ...cut, sent: 0 }] }))
  screen.getByText('Will send when online')
})

test('what is written behind a large file is not said to wait for it: it goes first', async () => {
  const { engine, device, uploads } = await asAnn(() => <Outbox />)
  device.disconnect()
  act(() => {
    uploads.store.setState({ items: [cut] })
    engine.sender.post('c1', text('The hall'), ['u1'])
    engine.sender.post('c1', text('Look at the beam'))
  })
  screen.getByText('Will send when online')
  expect(screen.queryByText(/in the queue/)).toBeNull()
  act(() => void engine.sender.post('c1', text('And the roof')))
  screen.getByText('Number 2 in the queue')
})

test('a message with files stands apart from what is around it, also before it is stored', async () => {
  const { engine, device, uploads, container } = await asAnn(() => <Outbox />)
  device.disconnect()
  act(() => {
    uploads.store.setState({ items: [cut] })
    engine.sender.post('c1', text('The hall'), ['u1'])
    engine.sender.post('c1', text('Look at the beam'))
  })
  expect([...container.querySelectorAll('.row')].map((row) => row.hasAttribute('data-files'))).toEqual([true, false])
})
