/** Joining by an invitation: which account it is, and that a refusal is not overlooked. */
import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { problem } from '../../../mock/handlers'
import { open, serve } from '../../../mock/render'

test('whoever is signed in reads which account joins, and can sign out of it', async () => {
  const { asked, state } = serve()
  const { user } = await open('/join/Qm7xW2vN4kT9')
  const me = state.members[0]
  const line = await screen.findByText(/You join as/)
  expect(line.textContent).toContain(me?.name)
  expect(line.textContent).toContain(me?.user_id)
  await user.click(screen.getByRole('link', { name: 'Sign out' }))
  await waitFor(() => expect(asked.some((call) => call.method === 'DELETE' && call.url === '/v1/session')).toBe(true))
})

test('a refusal of the whole form takes the focus: it stands far above the button', async () => {
  serve({ 'POST /v1/invitations/by-token/{token}/accept': () => problem(409, 'directory.already_member') })
  const { user } = await open('/join/Qm7xW2vN4kT9')
  await screen.findByText(/You join as/)
  await user.type(screen.getByLabelText('Your name'), 'Shen')
  for (const box of screen.getAllByRole('checkbox')) await user.click(box)
  const join = screen.getByRole('button', { name: 'Join' })
  for (const time of [1, 2]) {
    await user.click(join)
    const alert = await screen.findByRole('alert')
    expect(alert.textContent, `time ${time}`).toBe('You are already a member of this organisation.')
    await waitFor(() => expect(document.activeElement).toBe(alert))
  }
})

test('whoever has an account signs in and comes back, and reads who sees what they sign in with', async () => {
  serve({}, (state) => Object.assign(state, { session: null }))
  await open('/join/Qm7xW2vN4kT9')
  const way = await screen.findByRole('link', { name: /Sign in first/ })
  expect(way.getAttribute('href')).toBe('/sign-in?next=%2Fjoin%2FQm7xW2vN4kT9')
  expect(screen.getByText(/Colleagues see it too/)).toBeTruthy()
})

test('a password that was refused is not praised', async () => {
  serve({ 'POST /v1/invitations/by-token/{token}/accept': () => problem(422, 'invalid', { field: 'password', why: 'contains_organisation' }) }, (state) => Object.assign(state, { session: null }))
  const { user } = await open('/join/Qm7xW2vN4kT9')
  await user.type(await screen.findByLabelText('Your name'), 'Shen')
  await user.type(screen.getByLabelText('Phone, e-mail or user ID'), 'shen')
  await user.type(screen.getByLabelText('Password'), 'kiln osprey tallow')
  expect(screen.getByText('Strong')).toBeTruthy()
  for (const box of screen.getAllByRole('checkbox')) await user.click(box)
  await user.click(screen.getByRole('button', { name: 'Join' }))
  await waitFor(() => expect(screen.getByLabelText('Password').getAttribute('aria-invalid')).toBe('true'))
  expect(screen.queryByText('Strong')).toBeNull()
  await user.type(screen.getByLabelText('Password'), ' heron')
  expect(screen.getByText('Strong')).toBeTruthy()
})
