/** Whoever was taken out of a group is told that something was not sent, finds the words again, and may copy or delete them. */
import { act, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { Toasts } from '~/ui/toast'
import { asAnn } from '../testing'
import { TellUnsent, Unsent, UnsentElsewhere } from './Unsent'

vi.mock('@tanstack/react-router', async (original) => ({
  ...(await original<typeof import('@tanstack/react-router')>()),
  useRouter: () => ({ state: { location: { pathname: '/o/acme/contacts' } } }),
}))

test('a message that nobody got is told, found, copied and deleted', async () => {
  const user = userEvent.setup()
  const copied = vi.spyOn(navigator.clipboard, 'writeText')
  const { engine, device } = await asAnn(() => (
    <>
      <Toasts />
      <TellUnsent />
      <UnsentElsewhere />
      <Unsent id="c1" />
    </>
  ))
  device.disconnect()
  engine.offline()
  engine.send('c1', { v: 1, kind: 'text', text: 'Dock 3 is free' })
  device.conversation = () => Promise.resolve(null)
  expect(screen.queryByRole('region', { name: 'Not sent' })).toBeNull()
  await act(() => engine.sync.refresh('c1'))
  expect(await screen.findByText(/You are no longer in .*Move.*: what you wrote was not sent/)).toBeTruthy()
  expect(screen.getByRole('link', { name: /1 message to .*Move.* was not sent/ }).getAttribute('href')).toBe('/o/acme/messages/c1')
  const place = screen.getByRole('region', { name: 'Not sent' })
  within(place).getByText('Dock 3 is free')
  await user.click(within(place).getByRole('button', { name: 'Copy text' }))
  expect(copied).toHaveBeenCalledWith('Dock 3 is free')
  await user.click(within(place).getByRole('button', { name: 'Delete' }))
  expect(screen.queryByRole('region', { name: 'Not sent' })).toBeNull()
  expect(screen.queryByRole('link')).toBeNull()
})
