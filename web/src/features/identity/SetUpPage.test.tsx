/** The first run: where a refusal is shown, and who may come here once there is an organisation. */
import { act, screen, waitFor } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import { open, serve } from '../../../mock/render'
import { problem } from '../../../mock/handlers'

beforeEach(() => sessionStorage.clear())

const fresh = { isSetUp: false, session: null }

async function openSecondStep() {
  const page = await open('/setup')
  await page.user.type(await screen.findByLabelText('Set-up code'), 'WALL-2026{Enter}')
  await page.user.type(await screen.findByLabelText('Name in English'), 'Yunwu')
  // The next choice is taken without opening the list.
  act(() => screen.getByText('Choose').closest('button')?.focus())
  await page.user.keyboard('{ArrowRight}')
  await page.user.type(screen.getByLabelText('Contact name'), 'Shen')
  return page
}

test.each([
  ['organisation.contact.phone', 'not_a_phone_number', 'Phone', 'This does not look like a phone number.'],
  ['contact.email', 'not_an_email_address', 'E-mail', 'This does not look like an e-mail address.'],
])('what is wrong with %s is said where it was entered', async (field, why, label, words) => {
  serve({ 'POST /v1/setup/check': ({ body }) => (body.organisation ? problem(422, 'invalid', { field, why }) : { status: 204 }) }, (state) => Object.assign(state, fresh))
  const { user } = await openSecondStep()
  await user.type(screen.getByLabelText(label), 'abc{Enter}')
  expect(await screen.findByText(words)).toBeTruthy()
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Your organisation')
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText(label)))
})

test('what no field shows is said without going anywhere', async () => {
  serve({ 'POST /v1/setup/check': ({ body }) => (body.organisation ? problem(422, 'invalid', { field: 'organisation.slug', why: 'too_long' }) : { status: 204 }) }, (state) => Object.assign(state, fresh))
  const { user } = await openSecondStep()
  await user.type(screen.getByLabelText('Phone'), '13800132200{Enter}')
  expect((await screen.findByRole('alert')).textContent).toContain('This is too long.')
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Your organisation')
})

test('after a reload everything is still there but the secrets, and nothing is kept once it is done', async () => {
  serve({}, (state) => Object.assign(state, fresh))
  const { user, unmount } = await openSecondStep()
  await user.type(screen.getByLabelText('E-mail'), 'shen@yunwu.example{Enter}')
  await user.type(await screen.findByLabelText('Your name'), '沈知遥')
  await user.type(screen.getByLabelText('User ID'), 'shen')
  await user.type(screen.getByLabelText('Password'), 'kiln osprey tallow')
  expect(JSON.stringify({ ...sessionStorage })).not.toMatch(/kiln|WALL/)
  unmount()
  const again = await open('/setup')
  expect(await screen.findByText(/What you entered before is still here/)).toBeTruthy()
  expect(screen.getByLabelText('Set-up code')).toHaveProperty('value', '')
  await again.user.type(screen.getByLabelText('Set-up code'), 'WALL-2026{Enter}')
  expect(await screen.findByLabelText('Name in English')).toHaveProperty('value', 'Yunwu')
  await again.user.click(screen.getByRole('button', { name: 'Continue' }))
  expect(await screen.findByLabelText('Your name')).toHaveProperty('value', '沈知遥')
  expect(screen.getByLabelText('Password')).toHaveProperty('value', '')
  await again.user.type(screen.getByLabelText('Password'), 'kiln osprey tallow{Enter}')
  await again.user.click(await screen.findByRole('button', { name: 'Continue' }))
  for (const box of await screen.findAllByRole('checkbox')) await again.user.click(box)
  await again.user.click(screen.getByRole('button', { name: 'Open Tulou' }))
  await waitFor(() => expect(sessionStorage.getItem('setup')).toBeNull())
})

/** What this window kept of a set-up that was once filled in, and the way through it to its last step. */
const KEPT = { name_en: 'Yunwu', industry: 'other', contact_name: 'Shen', contact_email: 'shen@yunwu.example', name: '沈知遥', user_id: 'shen' }

async function toTheStatement() {
  const { user, unmount } = await open('/setup')
  await user.type(await screen.findByLabelText('Set-up code'), 'WALL-2026{Enter}')
  await screen.findByLabelText('Name in English')
  await user.click(screen.getByRole('button', { name: 'Continue' }))
  await user.type(await screen.findByLabelText('Password'), 'kiln osprey tallow{Enter}')
  await waitFor(() => expect(screen.queryByLabelText('Password')).toBeNull())
  await user.click(screen.getByRole('button', { name: 'Continue' }))
  await screen.findByRole('button', { name: 'Open Tulou' })
  return { user, unmount }
}

test('what was agreed to before a reload is asked for again, also where an earlier version kept it', async () => {
  serve({}, (state) => Object.assign(state, fresh))
  sessionStorage.setItem('setup', JSON.stringify({ ...KEPT, accepts: true, attests: true, isAdult: true }))
  const first = await toTheStatement()
  expect(screen.getAllByRole('checkbox', { checked: false })).toHaveLength(3)
  for (const box of screen.getAllByRole('checkbox')) await first.user.click(box)
  expect(screen.getAllByRole('checkbox', { checked: true })).toHaveLength(3)
  expect(JSON.parse(sessionStorage.getItem('setup') ?? '{}')).toMatchObject({ accepts: false, attests: false, isAdult: false })
  first.unmount()
  await toTheStatement()
  expect(screen.getAllByRole('checkbox', { checked: false })).toHaveLength(3)
})

test('on a server that is set up a further organisation is founded with a code, and only with one', async () => {
  serve({}, (state) => Object.assign(state, { isSetUp: true, session: null }))
  const { user, router } = await open('/setup')
  expect((await screen.findByRole('heading', { level: 1 })).textContent).toBe('A further organisation')
  expect(await screen.findByRole('link', { name: 'Sign in to an organisation that is here' })).toBeTruthy()
  await user.type(screen.getByLabelText('Set-up code'), 'guessed{Enter}')
  expect(await screen.findByText('That is not the code this server printed.')).toBeTruthy()
  await user.clear(screen.getByLabelText('Set-up code'))
  await user.type(screen.getByLabelText('Set-up code'), 'WALL-2026{Enter}')
  expect(await screen.findByLabelText('Name in English')).toBeTruthy()
  expect(router.state.location.pathname).toBe('/setup')
})

test('whoever is signed in founds with that account: no password is asked for', async () => {
  const { asked, state } = serve({}, (fresh) => Object.assign(fresh, { isSetUp: true }))
  const name = state.members[0]?.name
  const first = await open('/setup')
  expect(await screen.findByLabelText('Set-up code')).toBeTruthy()
  expect(screen.queryByRole('link', { name: 'Sign in to an organisation that is here' })).toBeNull()
  first.unmount()
  const { user } = await openSecondStep()
  await user.type(screen.getByLabelText('E-mail'), 'shen@yunwu.example{Enter}')
  expect((await screen.findByText(/Not you/)).textContent).toContain(name)
  expect(screen.getByText(/You go on as/)).toBeTruthy()
  // The name one has is filled in.
  expect(screen.getByLabelText('Your name')).toHaveProperty('value', name)
  expect(screen.queryByLabelText('Password')).toBeNull()
  expect(screen.queryByLabelText('User ID')).toBeNull()
  await user.click(screen.getByRole('button', { name: 'Continue' }))
  await user.click(await screen.findByRole('button', { name: 'Continue' }))
  for (const box of await screen.findAllByRole('checkbox')) await user.click(box)
  await user.click(screen.getByRole('button', { name: 'Open Tulou' }))
  await waitFor(() => expect(asked.find((call) => call.url === '/v1/setup')?.body).toMatchObject({ administrator: { name, user_id: null, password: null } }))
})

test('nobody is led there once there is an organisation', async () => {
  serve({}, (state) => Object.assign(state, { isSetUp: true, session: null }))
  const { router } = await open('/')
  await waitFor(() => expect(router.state.location.pathname).toBe('/sign-in'))
})
