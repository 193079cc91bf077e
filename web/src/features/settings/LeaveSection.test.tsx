import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { problem } from '../../../mock/handlers'
import { open, serve } from '../../../mock/render'

test('nobody is offered to leave where the organisation does not let them (ACC-12)', async () => {
  serve()
  await open('/o/yunwu/settings/privacy')
  expect(await screen.findByRole('heading', { name: 'What you agreed to' })).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Leave …' })).toBeNull()
})

test('leaving says what happens and asks for the password first (ACC-12)', async () => {
  const { asked } = serve({
    'GET /v1/organisation': (_, state) => ({ status: 200, body: { ...state.organisation, lets_people_leave: true } }),
    'GET /v1/me': (_, state) => ({ status: 200, body: { ...state.members[1], is_me: true, may_edit: [], may: [] } }),
    'POST /v1/me/leave': () => problem(403, 'identity.prove_again'),
  })
  const { user } = await open('/o/yunwu/settings/privacy')
  await user.click(await screen.findByRole('button', { name: 'Leave …' }))
  const question = await screen.findByRole('alertdialog', { name: /^Leave / })
  expect(question.textContent).toContain('at once, on every device')
  // What is erased, and what is not.
  expect(question.textContent).toContain('Then your profile, drafts and own contacts are erased.')
  expect(question.textContent).toContain('What you wrote to others stays with them until it expires.')
  expect(asked.some((call) => call.url.endsWith('/me/leave'))).toBe(false)
  await user.click(within(question).getByRole('button', { name: 'Leave' }))
  expect(await screen.findByRole('dialog', { name: 'Your password again' })).toBeTruthy()
})

test('an owner is told whom to ask', async () => {
  serve({ 'GET /v1/organisation': (_, state) => ({ status: 200, body: { ...state.organisation, lets_people_leave: true } }) })
  await open('/o/yunwu/settings/privacy')
  expect(await screen.findByText(/An owner does not leave/)).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Leave …' })).toBeNull()
})
