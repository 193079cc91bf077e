/** An address of a conversation that is not there: it is told why, and one's own words that nobody got are at hand. */
import { act, cleanup, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { serve } from '../../../../mock/render'
import { ApiError } from '~/api/error'
import { asAnn } from '../testing'
import { ConversationView } from './ConversationView'

const live = vi.hoisted(() => ({ status: 'online', failures: 0 }))
vi.mock('~/shell/live', async (original) => ({ ...(await original<typeof import('~/shell/live')>()), useLiveState: () => live }))

beforeEach(() => {
  Object.assign(live, { status: 'online', failures: 0 })
  serve()
})

afterEach(cleanup)

/** The place of a conversation, opened by Ann once `change` is done with her device. */
async function opened(id: string, change: (ann: Awaited<ReturnType<typeof asAnn>>) => unknown) {
  let isShown = false
  const ann = await asAnn(() => isShown && <ConversationView id={id} at={null} />)
  await change(ann)
  isShown = true
  ann.again()
  return ann
}

/** Ann was taken out while what she wrote could not leave. */
async function takenOut({ device, engine }: Awaited<ReturnType<typeof asAnn>>) {
  device.disconnect()
  engine.offline()
  engine.send('c1', { v: 1, kind: 'text', text: 'Dock 3 is free' })
  device.conversation = () => Promise.resolve(null)
  await act(() => engine.sync.refresh('c1'))
}

test('whoever was taken out finds there what was not sent', async () => {
  await opened('c1', takenOut)
  expect(await screen.findByRole('heading', { name: 'There is no such conversation' })).toBeTruthy()
  within(screen.getByRole('region', { name: 'Not sent' })).getByText('Dock 3 is free')
})

test('also while the server is away', async () => {
  await opened('c1', async (ann) => {
    await takenOut(ann)
    Object.assign(live, { status: 'waiting', failures: 2 })
  })
  expect(screen.getByRole('heading', { name: 'This conversation is not on this device yet' })).toBeTruthy()
  within(screen.getByRole('region', { name: 'Not sent' })).getByText('Dock 3 is free')
})

test.each([500, 503, 429])('an answer of %i says nothing of the conversation, and is asked for again', async (status) => {
  const asked = vi.fn<() => Promise<null>>().mockRejectedValueOnce(new ApiError({ status, code: 'broken', request_id: 'r-17' })).mockResolvedValue(null)
  await opened('c9', ({ device }) => {
    device.conversation = asked
  })
  expect((await screen.findByRole('alert')).textContent).toContain('r-17')
  expect(screen.queryByRole('heading', { name: 'There is no such conversation' })).toBeNull()
  await userEvent.setup().click(screen.getByRole('button', { name: 'Try again' }))
  expect(await screen.findByRole('heading', { name: 'There is no such conversation' })).toBeTruthy()
  expect(asked).toHaveBeenCalledTimes(2)
})

test('an address that names nothing is told as such', async () => {
  await opened('c9', ({ device }) => {
    device.conversation = () => Promise.reject(new ApiError({ status: 400, code: 'bad_request' }))
  })
  expect(await screen.findByRole('heading', { name: 'There is no such conversation' })).toBeTruthy()
})
