import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { memberId } from '../../../../mock/company'
import { problem, type Handler } from '../../../../mock/handlers'
import { open, serve } from '../../../../mock/render'

test('a token is made after the password, with what one holds oneself, and shown once (ORG-03)', async () => {
  let isProven = false
  const own: Record<string, Handler> = {
    'GET /v1/me': (_, state) => ({ status: 200, body: { ...state.members[0], may_edit: [], may: ['tokens.manage', 'people.see', 'people.edit'] } }),
    'POST /v1/service-tokens': () => (isProven ? { status: 201, body: { token: {}, secret: 'tulou.x.y' } } : problem(403, 'identity.prove_again')),
    'POST /v1/session/proof': () => {
      isProven = true
      return { status: 204 }
    },
  }
  const { asked } = serve(own)
  const { user } = await open('/o/yunwu/admin/tokens')
  await user.click(await screen.findByRole('button', { name: 'New token' }))
  const dialog = screen.getByRole('dialog', { name: 'New service token' })
  expect(within(dialog).getAllByRole('checkbox')).toHaveLength(2)
  await user.type(within(dialog).getByLabelText('Which program'), 'HR')
  await user.click(within(dialog).getByRole('checkbox', { name: /Change people/ }))
  await user.click(within(dialog).getByRole('button', { name: 'Make the token' }))
  const question = await screen.findByRole('dialog', { name: 'Your password again' })
  await user.type(within(question).getByLabelText('Password'), 'correct horse battery')
  await user.click(within(question).getByRole('button', { name: 'Continue' }))
  expect(await screen.findByText('tulou.x.y')).toBeTruthy()
  const made = asked.find((call) => call.method === 'POST' && call.url === '/v1/service-tokens')
  expect(made?.body).toMatchObject({ name: 'HR', permissions: ['people.edit'], department_ids: [], expires_in_days: 90 })
})

test('each token says how far it reaches, until when, when it was last used, and why it opens nothing', async () => {
  const token = { id: 't1', name: 'HR', permissions: ['people.edit'], department_ids: [], made_by: 'nobody', made_at: '2026-11-01T00:00:00Z', expires_at: '2027-03-01T00:00:00Z', last_used_at: '2026-11-20T02:00:00Z', state: 'open' }
  const ended = (name: string, how: object) => ({ ...token, id: name, name, state: 'revoked', ended: { at: '2026-11-22T02:00:00Z', ...how } })
  const items = [
    token,
    { ...token, id: 't2', name: 'Gate', last_used_at: undefined, state: 'dormant' },
    ended('Door', { why: 'maker_shut_out', by: memberId(2) }),
    ended('Pay', { why: 'maker_shut_out' }),
    ended('Old', { why: 'revoked' }),
  ]
  serve({ 'GET /v1/service-tokens': () => ({ status: 200, body: { items } }) })
  await open('/o/yunwu/admin/tokens')
  const used = await screen.findByRole('row', { name: /^HR/ })
  expect(used.textContent).toContain('Change people')
  expect(used.textContent).toMatch(/1 Mar 2027last used .*20 Nov/)
  const asleep = screen.getByRole('row', { name: /^Gate/ })
  expect(within(asleep).getByText('not used yet')).toBeTruthy()
  expect(within(asleep).getByText('whoever made it is away')).toBeTruthy()
  const of = (name: string) => screen.getByRole('row', { name: new RegExp(`^${name}`) }).textContent
  await waitFor(() => expect(of('Door')).toMatch(/endedwhoever made it was shut out.*22 Nov.*, by .*陆行舟/))
  expect(of('Pay')).toMatch(/whoever made it was shut out.*22 Nov/)
  expect(of('Old')).not.toMatch(/shut out/)
})
