/** The console of whoever runs the server: who gets in, what they see, what they decide. */
import { render, screen, waitFor, within } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { problem } from '../../../mock/handlers'
import { hosted } from '../../../mock/operator'
import { open, serve } from '../../../mock/render'
import { ApiError } from '~/api/error'
import * as ErrorPage from '~/shell/ErrorPage'
import { ConsoleState } from './ConsoleState'
import { organisations } from './queries'

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

test('an organisation that its owners are dissolving says when it is erased (ORG-09)', async () => {
  serve({ 'GET /v1/operator/organisations': () => ({ status: 200, body: { items: hosted.map((one) => ({ ...one, suspended_at: null, dissolves_at: one.slug === 'fenghe' ? '2027-01-30T10:00:00Z' : null })) } }) })
  await open('/operator')
  const rows = within(await screen.findByRole('table', { name: 'Organisations' }, { timeout: 5000 }))
  expect(rows.getByRole('row', { name: /丰禾物流/ }).textContent).toMatch(/being dissolved erased on 30 Jan/)
  expect(rows.getByRole('row', { name: /云坞集团/ }).textContent).toContain('open')
})

test('one that is suspended while its owners dissolve it says both (ORG-09)', async () => {
  serve({ 'GET /v1/operator/organisations': () => ({ status: 200, body: { items: hosted.map((one) => ({ ...one, suspended_at: '2026-12-02T10:00:00Z', dissolves_at: '2027-01-30T10:00:00Z' })) } }) })
  await open('/operator')
  const rows = within(await screen.findByRole('table', { name: 'Organisations' }, { timeout: 5000 }))
  expect(rows.getByRole('row', { name: /丰禾物流/ }).textContent).toMatch(/suspended since .*being dissolved not erased while it is suspended/)
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

test('Enter in a reason begins a line, and a refused reason takes the focus', async () => {
  serve({ 'POST /v1/operator/organisations/{organisation}/suspend': () => problem(422, 'invalid', { field: 'reason', why: 'too_long' }) })
  const { user } = await open('/operator')
  await choose(user, '云坞集团', 'Suspend')
  const reason = await screen.findByLabelText('Reason')
  await user.type(reason, 'Bills{Enter}are not paid')
  expect((reason as HTMLTextAreaElement).value).toBe('Bills\nare not paid')
  // From the button the form is sent as from anywhere in it.
  screen.getByRole('button', { name: 'Suspend' }).focus()
  await user.keyboard('{Enter}')
  await waitFor(() => expect(reason.getAttribute('aria-invalid')).toBe('true'))
  await waitFor(() => expect(document.activeElement).toBe(reason))
})

test('a dialog gives the focus back to the menu of its row; the page can take it too', async () => {
  serve()
  const { user } = await open('/operator')
  for (const [item, button] of [['Limits', 'Cancel'], ['Suspend', 'Suspend'], ['Verification', 'Verify']] as const) {
    await choose(user, '云坞集团', item)
    const dialog = within(await screen.findByRole('dialog'))
    await user.click(await dialog.findByRole('button', { name: button }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toMatch(/Actions for .*云坞集团/))
  }
  expect(screen.getByRole('main').tabIndex).toBe(-1)
})

test('whoever signs out sees the sign-in, and nothing of what was read', async () => {
  const { asked } = serve()
  const { user } = await open('/operator')
  await screen.findByRole('table', { name: 'Organisations' }, { timeout: 5000 })
  await user.click(screen.getByRole('button', { name: 'Sign out' }))
  expect(await screen.findByRole('heading', { name: 'Sign in as an operator' })).toBeTruthy()
  expect(screen.queryByRole('table')).toBeNull()
  expect(asked.filter((call) => call.url === '/v1/operator/organisations')).toHaveLength(1)
})

test('whoever could not be signed out is told, and goes on', async () => {
  serve({ 'DELETE /v1/operator/session': () => problem(500, 'internal') })
  const { user } = await open('/operator')
  await user.click(await screen.findByRole('button', { name: 'Sign out' }, { timeout: 5000 }))
  expect(await screen.findByText(/You are still signed in/)).toBeTruthy()
  expect(screen.getByRole('table', { name: 'Organisations' })).toBeTruthy()
})

test.each([
  ['a list', { 'GET /v1/operator/organisations': () => problem(401, 'unauthenticated') }, []],
  ['the start', { 'GET /v1/operator/session': () => problem(401, 'unauthenticated') }, []],
  ['a request', { 'GET /v1/operator/organisations/{organisation}/verification': () => problem(401, 'unauthenticated') }, ['Verification']],
  ['a change', { 'POST /v1/operator/organisations/{organisation}/suspend': () => problem(401, 'unauthenticated') }, ['Suspend', 'Suspend']],
  ['a sign-out', { 'DELETE /v1/operator/session': () => problem(401, 'unauthenticated') }, [null]],
])('a sign-in that is over, as %s finds, leads to the one of the console', async (_, own, steps) => {
  serve(own)
  const { user } = await open('/operator')
  const [item, button] = steps
  if (item === null) await user.click(await screen.findByRole('button', { name: 'Sign out' }, { timeout: 5000 }))
  if (typeof item === 'string') await choose(user, '云坞集团', item)
  if (typeof button === 'string') await user.click(await screen.findByRole('button', { name: button }))
  expect(await screen.findByRole('heading', { name: 'Sign in as an operator' }, { timeout: 5000 })).toBeTruthy()
  expect(screen.queryByRole('dialog')).toBeNull()
})

test('in between nobody is led to the sign-in of the members', () => {
  const members = vi.spyOn(ErrorPage, 'ErrorPart').mockReturnValue(<p>Away</p>)
  const of = (status: number) => ({ data: undefined, error: new ApiError({ status, code: 'x' }), refetch: vi.fn<() => void>() })
  const { rerender } = render(<ConsoleState of={of(401)} skeleton={<p>Wait</p>}>{() => null}</ConsoleState>)
  expect(screen.getByText('Wait')).toBeTruthy()
  rerender(<ConsoleState of={of(500)} skeleton={<p>Wait</p>}>{() => null}</ConsoleState>)
  expect(screen.getByText('Away')).toBeTruthy()
  members.mockRestore()
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

test('what is decided is the request that was seen; another one is shown first', async () => {
  let now = { state: 'asked', revision: 7, claim: { legal_name: 'Acme Ltd', registration_number: '1' }, asked_at: '2026-11-20T02:00:00Z', documents: [], disclosures: [] }
  const { asked } = serve({
    'GET /v1/operator/organisations/{organisation}/verification': () => ({ status: 200, body: now }),
    'POST /v1/operator/organisations/{organisation}/verification/verify': () => (sent('/verify').at(-1) === '"7"' ? problem(412, 'directory.changed_meanwhile') : { status: 204 }),
  })
  const sent = (end: string) => asked.filter((call) => call.url.endsWith(end)).map((call) => call.headers.get('if-match'))
  const { user } = await open('/operator')
  await choose(user, '云坞集团', 'Verification')
  const dialog = within(await screen.findByRole('dialog'))
  expect(await dialog.findByText(/Acme Ltd/)).toBeTruthy()
  now = { ...now, revision: 8, claim: { legal_name: 'A famous bank', registration_number: '2' } }
  await user.click(dialog.getByRole('button', { name: 'Verify' }))
  expect((await dialog.findByRole('alert')).textContent).toContain('asked anew')
  expect(await dialog.findByText(/A famous bank/)).toBeTruthy()
  await user.click(dialog.getByRole('button', { name: 'Verify' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(sent('/verify')).toEqual(['"7"', '"8"'])
})

test('a request that is no more is not shown any longer, neither here nor in the list', async () => {
  let isAsked = true
  const claim = { legal_name: 'Acme Ltd', registration_number: '1' }
  const { asked } = serve({
    'GET /v1/operator/organisations/{organisation}/verification': () => ({ status: 200, body: isAsked ? { state: 'asked', revision: 7, claim, documents: [], disclosures: [] } : { state: 'none', revision: 0, documents: [], disclosures: [] } }),
    'POST /v1/operator/organisations/{organisation}/verification/refuse': () => problem(409, 'verification.not_asked'),
  })
  const { user } = await open('/operator')
  await choose(user, '云坞集团', 'Verification')
  const dialog = within(await screen.findByRole('dialog'))
  await user.click(await dialog.findByRole('button', { name: 'Refuse' }))
  await user.type(dialog.getByLabelText('Reason'), 'Too dark')
  isAsked = false
  const lists = asked.filter((call) => call.url === '/v1/operator/organisations').length
  await user.click(dialog.getByRole('button', { name: 'Refuse' }))
  expect(await dialog.findByText('This organisation has not asked to be verified.')).toBeTruthy()
  expect(dialog.queryByRole('button', { name: /Refuse|Verify/ })).toBeNull()
  expect(dialog.getByRole('alert')).toBeTruthy()
  expect(asked.filter((call) => call.url === '/v1/operator/organisations')).toHaveLength(lists + 1)
})

test('the list is read again every thirty seconds while it is looked at', () => {
  expect(organisations().refetchInterval).toBe(30_000)
  expect(organisations().refetchIntervalInBackground).toBeUndefined()
})

test('a further organisation is founded with a code that is shown once', async () => {
  serve()
  const { user } = await open('/operator')
  await user.click(await screen.findByRole('button', { name: 'New organisation' }, { timeout: 5000 }))
  await user.click(await screen.findByRole('button', { name: 'Make a code' }))
  expect(await screen.findByText('WALL-2026-GATE')).toBeTruthy()
})

test('an organisation is called what it is called in the language one reads', async () => {
  serve({ 'GET /v1/operator/organisations': () => ({ status: 200, body: { items: hosted.map((one) => ({ ...one, name_zh: one.name, name_en: one.slug === 'yunwu' ? 'Yunwu Group' : null })) } }) })
  await open('/operator')
  expect(await screen.findByRole('rowheader', { name: /Yunwu Group/ })).toBeTruthy()
  expect(screen.getByRole('rowheader', { name: /丰禾物流/ })).toBeTruthy()
})
