/** The console of whoever runs the server: who gets in, what they see, what they decide. */
import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { problem } from '../../../mock/handlers'
import { open, serve } from '../../../mock/render'
import { amountOf, gibOf, GIB } from './amounts'

const body = (asked: ReturnType<typeof serve>['asked'], method: string, end: string) => asked.find((call) => call.method === method && call.url.endsWith(end))?.body

async function choose(user: Awaited<ReturnType<typeof open>>['user'], name: string, item: string) {
  await user.click(await screen.findByRole('button', { name: new RegExp(`Actions for .*${name}`) }, { timeout: 5000 }))
  await user.click(await screen.findByRole('menuitem', { name: item }))
}

test('nobody sees a sign-in of its own; a password for one time must be changed first', async () => {
  const session = { name: 'olga', expires_at: '2026-11-22T22:00:00Z', must_change_password: true }
  let isIn = false
  const { asked } = serve({
    'GET /v1/operator/session': () => (isIn ? { status: 200, body: session } : { status: 204 }),
    'POST /v1/operator/session': ({ body: said }) => {
      isIn = said.password === 'ABCD-EFGH'
      return isIn ? { status: 201, body: session } : problem(401, 'identity.wrong_credentials')
    },
  })
  const { user } = await open('/operator')
  await user.type(await screen.findByLabelText('Name', {}, { timeout: 5000 }), 'olga')
  await user.type(screen.getByLabelText('Password'), 'wrong')
  await user.click(screen.getByRole('button', { name: 'Sign in' }))
  expect((await screen.findByRole('alert')).textContent).toContain('do not match')
  await user.type(screen.getByLabelText('Password'), 'ABCD-EFGH')
  await user.click(screen.getByRole('button', { name: 'Sign in' }))
  expect(await screen.findByRole('heading', { name: 'Choose your own password' })).toBeTruthy()
  // The console belongs to no organisation: no call names one.
  expect(asked.filter((call) => call.headers.has('tulou-organisation'))).toEqual([])
})

test('organisations are shown by their numbers, with what is limited and why one is shut', async () => {
  serve()
  await open('/operator')
  const rows = within(await screen.findByRole('table', { name: 'Organisations' }, { timeout: 5000 }))
  const yunwu = within(rows.getByRole('row', { name: /云坞集团/ }))
  expect(yunwu.getByText('of 60')).toBeTruthy()
  expect(yunwu.getByText('waits for you')).toBeTruthy()
  expect(rows.getByRole('row', { name: /丰禾物流/ }).textContent).toContain('欠费')
})

test('an organisation is suspended with a reason, and what is refused is said at the field', async () => {
  const { asked } = serve({ 'POST /v1/operator/organisations/{organisation}/suspend': ({ body: said }) => (said.reason === '' ? problem(422, 'invalid', { field: 'reason', why: 'is_empty' }) : { status: 204 }) })
  const { user } = await open('/operator')
  await choose(user, '云坞集团', 'Suspend')
  const dialog = within(await screen.findByRole('dialog'))
  await user.click(dialog.getByRole('button', { name: 'Suspend' }))
  expect(await dialog.findByText('This is needed.')).toBeTruthy()
  await user.type(dialog.getByLabelText('Reason'), 'Bills are not paid')
  await user.click(dialog.getByRole('button', { name: 'Suspend' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(asked.filter((call) => call.url.endsWith('/o1/suspend')).at(-1)?.body).toEqual({ reason: 'Bills are not paid' })
})

test('a suspended one is resumed', async () => {
  const { asked } = serve()
  const { user } = await open('/operator')
  await choose(user, '丰禾物流', 'Resume')
  await waitFor(() => expect(asked.some((call) => call.url.endsWith('/o2/resume'))).toBe(true))
})

test('limits are typed as people and GiB; an empty field is no limit', async () => {
  const { asked } = serve()
  const { user } = await open('/operator')
  await choose(user, '云坞集团', 'Limits')
  const people = await screen.findByLabelText('Most people')
  expect((people as HTMLInputElement).value).toBe('60')
  await user.clear(people)
  await user.type(people, 'many')
  await user.click(screen.getByRole('button', { name: 'Save' }))
  expect(await screen.findByText('This is not a number.')).toBeTruthy()
  await user.clear(people)
  await user.type(screen.getByLabelText('Most storage, in GiB'), '2.5')
  await user.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(body(asked, 'PUT', '/limits')).toEqual({ most_people: null, most_bytes: 2.5 * GIB }))
})

test('a request is looked at and refused with a reason, or verified', async () => {
  const { asked } = serve()
  const { user } = await open('/operator')
  await choose(user, '云坞集团', 'Verification')
  const dialog = within(await screen.findByRole('dialog'))
  expect(await dialog.findByText(/91330100MA27XYZ00A/)).toBeTruthy()
  const link = dialog.getByRole('link', { name: /营业执照/ })
  expect(link.getAttribute('href')).toBe('/v1/operator/organisations/o1/verification/documents/doc1')
  expect(link.hasAttribute('download')).toBe(true)
  await user.click(dialog.getByRole('button', { name: 'Refuse' }))
  expect(dialog.getByRole('button', { name: 'Refuse' }).hasAttribute('disabled')).toBe(true)
  await user.type(dialog.getByLabelText('Reason'), 'Too dark')
  await user.click(dialog.getByRole('button', { name: 'Refuse' }))
  await waitFor(() => expect(body(asked, 'POST', '/refuse')).toEqual({ reason: 'Too dark' }))
  await choose(user, '云坞集团', 'Verification')
  await user.click(await screen.findByRole('button', { name: 'Verify' }))
  await waitFor(() => expect(asked.some((call) => call.url.endsWith('/verify'))).toBe(true))
})

test('a further organisation is founded with a code that is shown once', async () => {
  serve()
  const { user } = await open('/operator')
  await user.click(await screen.findByRole('button', { name: 'New organisation' }, { timeout: 5000 }))
  await user.click(await screen.findByRole('button', { name: 'Make a code' }))
  expect(await screen.findByText('WALL-2026-GATE')).toBeTruthy()
})

test('amounts are read as they are typed', () => {
  expect(['', ' 12 ', '2,5', '-1', 'x', '1e3'].map(amountOf)).toEqual([null, 12, 2.5, undefined, undefined, undefined])
  expect([gibOf(null), gibOf(GIB), gibOf(GIB / 2)]).toEqual(['', '1', '0.5'])
})
