import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { problem } from '../../../mock/handlers'
import { open, serve } from '../../../mock/render'
import { ownRequest } from '../../../mock/requests'

test('somebody without an account asks, and gets a number and the one address of the answer (DSR-12)', async () => {
  const { asked } = serve({}, (state) => {
    state.session = null
  })
  const { user } = await open('/privacy/request')
  const send = await screen.findByRole('button', { name: 'Send the request' })
  await user.click(send)
  expect((await screen.findAllByText('This is needed.')).length).toBeGreaterThan(0)
  await user.type(screen.getByLabelText('Short name of the organisation'), 'yunwu')
  await user.type(screen.getByLabelText('Phone or e-mail'), 'fang@example.org')
  await user.type(screen.getByLabelText('In your words'), 'What do you hold of me?')
  await user.click(send)
  expect(await screen.findByText('K7QM-3XP2')).toBeTruthy()
  expect(screen.getByText(/\/privacy\/request\/secret-token$/)).toBeTruthy()
  const sent = asked.find((call) => call.method === 'POST' && call.url === '/v1/subject-requests')
  expect(sent?.body).toEqual({ organisation: 'yunwu', kind: 'access', language: 'en', name: '', contact: 'fang@example.org', words: 'What do you hold of me?' })
  expect(sent?.headers.get('tulou-organisation')).toBeNull()
})

test('who is signed in there is asked for nothing else (DSR-09)', async () => {
  const { asked } = serve()
  const { user } = await open('/privacy/request?organisation=yunwu')
  expect(await screen.findByText(/You are signed in there/)).toBeTruthy()
  expect(screen.queryByLabelText('Phone or e-mail')).toBeNull()
  await user.type(screen.getByLabelText('In your words'), 'Delete my picture.')
  await user.click(screen.getByRole('button', { name: 'Send the request' }))
  await waitFor(() => expect(asked.find((call) => call.method === 'POST' && call.url === '/v1/subject-requests')?.headers.get('tulou-organisation')).toBe('yunwu'))
})

test('whom the organisation does not know by their sign-in after all says where they are reached (DSR-09)', async () => {
  const { asked } = serve({
    'POST /v1/subject-requests': ({ body }) => (body.contact === undefined ? problem(422, 'invalid', { field: 'contact', why: 'is_empty' }) : { status: 201, body: { token: 'secret-token', request: ownRequest() } }),
  })
  const { user } = await open('/privacy/request?organisation=yunwu')
  await screen.findByText(/You are signed in there/)
  await user.type(screen.getByLabelText('In your words'), 'x')
  await user.click(screen.getByRole('button', { name: 'Send the request' }))
  await user.type(await screen.findByLabelText('Phone or e-mail'), 'fang@example.org')
  await user.click(screen.getByRole('button', { name: 'Send the request' }))
  expect(await screen.findByText('K7QM-3XP2')).toBeTruthy()
  const sent = asked.filter((call) => call.method === 'POST' && call.url === '/v1/subject-requests').at(-1)
  expect(sent?.body).toMatchObject({ contact: 'fang@example.org' })
  expect(sent?.headers.get('tulou-organisation')).toBeNull()
})

test('an organisation that is not there, and too many at once, are said', async () => {
  let isThere = false
  serve({ 'POST /v1/subject-requests': () => (isThere ? problem(409, 'requests.too_many') : problem(404, 'not_found')) })
  const { user } = await open('/privacy/request?organisation=yunwu')
  await user.type(await screen.findByLabelText('In your words'), 'x')
  await user.click(screen.getByRole('button', { name: 'Send the request' }))
  expect((await screen.findAllByText('No organisation here has this short name.')).length).toBeGreaterThan(0)
  isThere = true
  await user.click(screen.getByRole('button', { name: 'Send the request' }))
  expect(await screen.findByText(/As many requests wait there/)).toBeTruthy()
})

test('by the link one sees how far it is, why it takes longer, and takes it back', async () => {
  serve({ 'GET /v1/subject-requests/by-token/{token}': () => ({ status: 200, body: ownRequest({ state: 'in_work', told: { delay: 'Three archives.' }, due: { ...ownRequest().due, lateness: 'past_target' } }) }) })
  const { user } = await open('/privacy/request/secret-token')
  const card = within(await screen.findByRole('article', { name: /See what is held/ }))
  expect(card.getByText('Three archives.')).toBeTruthy()
  expect(card.getByText(/complain to the authority/)).toBeTruthy()
  await user.click(card.getByRole('button', { name: 'Withdraw the request' }))
  await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Withdraw the request' }))
  expect(await card.findByText('taken back')).toBeTruthy()
  expect(card.queryByRole('button', { name: 'Withdraw the request' })).toBeNull()
})

test('an address that leads nowhere says so', async () => {
  serve()
  await open('/privacy/request/nothing')
  expect(await screen.findByText('There is no request at this address')).toBeTruthy()
})

test('one sees one’s own requests in the settings', async () => {
  serve({ 'GET /v1/subject-requests/mine': () => ({ status: 200, body: { items: [ownRequest({ kind: 'correction' })] } }) })
  await open('/o/yunwu/settings/privacy')
  const section = within(await screen.findByRole('region', { name: 'My requests' }))
  expect(await section.findByRole('article', { name: 'Put something right' })).toBeTruthy()
  expect(section.getByRole('link', { name: 'Make a request' }).getAttribute('href')).toBe('/privacy/request?organisation=yunwu')
})
