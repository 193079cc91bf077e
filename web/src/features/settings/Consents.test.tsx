/** What rests on an agreement is shown with its answer and taken back where it stands (CON-06, CON-14, PERM-12). */
import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { open, serve } from '../../../mock/render'

const NAME = 'Contacts from the device'
const PAGE = '/o/yunwu/settings/privacy'

test('is agreed to in the settings after it was read, and taken back in one tap in the same place', async () => {
  const { state } = serve()
  const { user } = await open(PAGE)
  await user.click(await screen.findByRole('button', { name: `Read and agree: ${NAME}` }, { timeout: 5000 }))
  const dialog = await screen.findByRole('dialog', { name: NAME })
  expect(within(dialog).getByText('Your device opens its own list.')).toBeTruthy()
  await user.click(within(dialog).getByRole('button', { name: 'Agree' }))
  expect(await screen.findByText(/^Agreed since /)).toBeTruthy()
  expect(state.consents[0]?.history[0]?.way).toBe('settings')
  await user.click(screen.getByRole('button', { name: `Take back: ${NAME}` }))
  expect(await screen.findByText(/^Taken back on .* What was done before stays valid\.$/)).toBeTruthy()
  expect(state.consents[0]?.state).toBe('withdrawn')
  expect(screen.queryByRole('button', { name: `Take back: ${NAME}` })).toBeNull()
})

test('words that have changed meanwhile are read again before one agrees', async () => {
  const { state } = serve()
  const { user } = await open(PAGE)
  await user.click(await screen.findByRole('button', { name: `Read and agree: ${NAME}` }, { timeout: 5000 }))
  const [one] = state.consents
  if (one) state.consents[0] = { ...one, text_version: '2', otherwise: { en: 'You write to them.', 'zh-CN': '写信', 'zh-TW': '寫信' } }
  const dialog = await screen.findByRole('dialog', { name: NAME })
  await user.click(within(dialog).getByRole('button', { name: 'Agree' }))
  expect(await within(dialog).findByText('What you are asked to agree to has changed meanwhile. Read it again.')).toBeTruthy()
  expect(await within(dialog).findByText('You write to them.')).toBeTruthy()
  expect(state.consents[0]?.state).toBe('never')
  await user.click(within(dialog).getByRole('button', { name: 'Agree' }))
  await waitFor(() => expect(state.consents[0]?.state).toBe('given'))
})

test('older words hold no more, and that is said', async () => {
  serve({}, ({ consents: [one] }) => one && Object.assign(one, { state: 'outgrown', since: '2026-11-01T08:00:00Z', history: [{ text_version: '0', way: 'sheet', given_at: '2026-11-01T08:00:00Z' }] }))
  await open(PAGE)
  expect(await screen.findByText(/to older words/, {}, { timeout: 5000 })).toBeTruthy()
  expect(screen.getByRole('button', { name: `Take back: ${NAME}` })).toBeTruthy()
  expect(screen.getByRole('button', { name: `Read and agree: ${NAME}` })).toBeTruthy()
})
