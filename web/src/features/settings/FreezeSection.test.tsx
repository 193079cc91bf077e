/** One's own data, frozen and used again (DSR-04). */
import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { problem } from '../../../mock/handlers'
import { open, serve } from '../../../mock/render'
import { restriction } from '../../../mock/restrictions'

const PAGE = '/o/yunwu/settings/privacy'

test('one freezes with a reason, reads what stops and why the rest goes on, and lifts it', async () => {
  const { asked } = serve()
  const { user } = await open(PAGE)
  await user.click(await screen.findByRole('button', { name: 'Freeze …' }))
  const question = await screen.findByRole('alertdialog', { name: 'Freeze my data?' })
  expect(question.textContent).toContain('Colleagues do not find you any more')
  await user.click(within(question).getByRole('button', { name: /Reason/ }))
  await user.click(await screen.findByRole('option', { name: 'I need it for a claim of mine' }))
  await user.click(within(question).getByRole('button', { name: 'Freeze' }))
  expect(await screen.findByText(/^Frozen since /)).toBeTruthy()
  expect(asked.find((call) => call.method === 'POST' && call.url === '/v1/me/restriction')?.body).toEqual({ reason: 'claims' })
  expect(screen.queryByRole('button', { name: 'Freeze …' })).toBeNull()
  await user.click(screen.getByText('What stops and what goes on while it is frozen'))
  const rows = within(screen.getByRole('table', { name: 'What stops and what goes on while it is frozen' })).getAllByRole('row').map((row) => row.textContent)
  expect(rows.slice(1)).toEqual([expect.stringMatching(/find and reach youStops$/), expect.stringMatching(/Goes on: security and audit$/)])
  await user.click(screen.getByRole('button', { name: 'Unfreeze' }))
  expect(await screen.findByText('It is not frozen.')).toBeTruthy()
  expect(asked.some((call) => call.method === 'DELETE' && call.url === '/v1/me/restriction')).toBe(true)
})

test('what an administrator placed and is about to end is said, with what one can do', async () => {
  serve({ 'GET /v1/me/restriction': () => ({ status: 200, body: { restriction: restriction({ placed_by: 'administrator', reason: 'accuracy', lifts_at: '2026-11-25T02:00:00Z' }), effects: [] } }) })
  await open(PAGE)
  expect(await screen.findByText(/^By an administrator\. Something is wrong/)).toBeTruthy()
  expect(screen.getByText(/^An administrator has said that it ends: /)).toBeTruthy()
})

test('where it is frozen already one is told', async () => {
  serve({ 'POST /v1/me/restriction': () => problem(409, 'restrictions.is_restricted') })
  const { user } = await open(PAGE)
  await user.click(await screen.findByRole('button', { name: 'Freeze …' }))
  await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Freeze' }))
  await waitFor(() => expect(screen.getByText('This data is frozen already.')).toBeTruthy())
})
