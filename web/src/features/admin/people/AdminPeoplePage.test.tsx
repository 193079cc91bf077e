import { screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fieldList } from '../../../../mock/fields'
import { giveSize } from '../../../../mock/layout'
import { open, serve } from '../../../../mock/render'
import { problem } from '../../../../mock/handlers'

beforeEach(giveSize)

afterEach(() => vi.restoreAllMocks())

test('the initial password of a new person is shown once (ACC-06)', async () => {
  serve()
  const { user } = await open('/o/yunwu/admin/people')
  await user.click(await screen.findByRole('button', { name: 'Add a person' }))
  await user.type(screen.getByLabelText('Name'), 'Bob Marsh')
  await user.type(screen.getByLabelText('User ID'), 'bob')
  await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Add' }))
  const shown = await screen.findByRole('dialog', { name: /Initial password for Bob Marsh/ })
  expect(within(shown).getByText('kiln-osprey-74-tallow')).toBeTruthy()
  // With only a user id one may be asked for the organisation.
  expect(within(shown).getByText(`${location.origin}/sign-in?organisation=yunwu`)).toBeTruthy()
  expect(within(shown).getByRole('button', { name: 'Copy the sign-in address' })).toBeTruthy()
  await user.click(within(shown).getByRole('button', { name: 'Done' }))
  expect(screen.queryByText('kiln-osprey-74-tallow')).toBeNull()
})

test('a refusal of the server lands on the field it is about', async () => {
  serve({ 'POST /v1/members': () => problem(409, 'directory.user_id_taken', { field: 'user_id' }) })
  const { user } = await open('/o/yunwu/admin/people')
  await user.click(await screen.findByRole('button', { name: 'Add a person' }))
  await user.type(screen.getByLabelText('Name'), 'Bob Marsh')
  await user.type(screen.getByLabelText('User ID'), 'shen')
  await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Add' }))
  const field = screen.getByLabelText('User ID')
  expect(await screen.findByText('Somebody here already uses this.')).toBeTruthy()
  expect(field.getAttribute('aria-invalid')).toBe('true')
})

test.each([
  ['Phone', '+8613800132200', 'phone'],
  ['E-mail', 'bob@yunwu.example', 'email'],
])('of somebody who is here already it is said at the field that gives them away: %s', async (label, given, field) => {
  serve({ 'POST /v1/members': () => problem(409, 'directory.already_member', { field }) })
  const { user } = await open('/o/yunwu/admin/people')
  await user.click(await screen.findByRole('button', { name: 'Add a person' }))
  await user.type(screen.getByLabelText('Name'), 'Bob Marsh')
  await user.type(screen.getByLabelText(label), given)
  await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Add' }))
  expect((await screen.findAllByText('Somebody here already uses this.')).length).toBe(1)
  expect(screen.getByLabelText(label).getAttribute('aria-invalid')).toBe('true')
  expect(screen.queryByText(/You are already a member/)).toBeNull()
})

test.each([
  ['Disable', 'ACC-11'],
  ['Remove', 'ACC-12'],
])('%s says what is erased and what stays for the others (%s)', async (act) => {
  serve()
  const { user } = await open('/o/yunwu/admin/people')
  await user.click(await screen.findByRole('button', { name: 'Actions for 陆行舟' }))
  await user.click(await screen.findByRole('menuitem', { name: new RegExp(`^${act}`) }))
  const { textContent: said } = await screen.findByRole('alertdialog', { name: `${act} 陆行舟?` })
  expect(said).toMatch(/their profile, drafts and own contacts are erased/)
  expect(said).toContain('What they wrote and sent stays for the others until its own time is over, without their name.')
})

test('suspending asks first and says what happens (ACC-10)', async () => {
  const { asked } = serve()
  const { user } = await open('/o/yunwu/admin/people')
  await user.click(await screen.findByRole('button', { name: 'Actions for 陆行舟' }))
  await user.click(screen.getByRole('menuitem', { name: 'Suspend' }))
  const question = await screen.findByRole('alertdialog', { name: 'Suspend 陆行舟?' })
  expect(question.textContent).toContain('Their open windows close at once')
  expect(question.textContent).toMatch(/Ended for good, also when they are let in again: .*passwords of address books and service tokens/)
  expect(asked.some((call) => call.url.endsWith('/suspend'))).toBe(false)
  await user.click(within(question).getByRole('button', { name: 'Suspend' }))
  expect(asked.some((call) => call.method === 'POST' && call.url.endsWith('/suspend'))).toBe(true)
})

test.each([
  ['suspended', 'Suspend', 'suspend'],
  ['leaving', 'Remove', 'remove'],
])('whom only a program shut out an administrator shuts out as well: %s (ACC-10)', async (state, act, operation) => {
  const { asked } = serve({
    'GET /v1/members': (_, all) => {
      const items = all.members.map((one) => (one.name === '陆行舟' ? { ...one, state, state_until: state === 'leaving' ? '2026-12-05T02:00:00Z' : undefined } : one))
      return { status: 200, body: { items, next: null } }
    },
  })
  const { user } = await open('/o/yunwu/admin/people')
  await user.click(await screen.findByRole('button', { name: 'Actions for 陆行舟' }))
  await user.click(screen.getByRole('menuitem', { name: `${act} here as well` }))
  const question = await screen.findByRole('alertdialog', { name: `${act} 陆行舟 here as well?` })
  expect(question.textContent).toContain('From now on only people here do.')
  expect(question.textContent).not.toContain('Ended for good')
  await user.click(within(question).getByRole('button', { name: act }))
  await waitFor(() => expect(asked.some((call) => call.method === 'POST' && call.url.endsWith(`/${operation}`))).toBe(true))
})

test('whoever changes a person second sees what the first changed, and neither is lost', async () => {
  let tries = 0
  const { asked } = serve({
    'PATCH /v1/members/{member}': ({ path }, state) => {
      const member = state.members.find((one) => one.id === path.member)
      tries += 1
      if (tries > 1) return { status: 200, body: member }
      Object.assign(member ?? {}, { revision: 8, position: 'Foreman' })
      return problem(412, 'directory.changed_meanwhile')
    },
    'GET /v1/members/{member}': ({ path }, state) => ({ status: 200, body: state.members.find((one) => one.id === path.member) }),
  })
  const { user } = await open('/o/yunwu/admin/people')
  await user.click(await screen.findByRole('button', { name: 'Actions for 陆行舟' }))
  await user.click(screen.getByRole('menuitem', { name: 'Change' }))
  const dialog = await screen.findByRole('dialog', { name: 'Change 陆行舟' })
  await user.type(within(dialog).getByLabelText('Staff number'), '9')
  const save = within(dialog).getByRole('button', { name: 'Save' })
  await user.click(save)
  expect(await within(dialog).findByText('Position', { selector: 'dt' })).toBeTruthy()
  expect(within(dialog).getByText('Foreman')).toBeTruthy()
  // What one did not touch is what they made of it.
  expect(within(dialog).getByLabelText('Position')).toHaveProperty('value', 'Foreman')
  await user.click(save)
  const sent = asked.filter((call) => call.method === 'PATCH')
  expect(sent.map((call) => Object.keys(call.body))).toEqual([['staff_number'], ['staff_number']])
  expect(sent.map((call) => call.headers.get('if-match'))).toEqual(['"7"', '"8"'])
})

test('somebody who may not administrate sees who to ask, not the page', async () => {
  serve({ 'GET /v1/me': (_, state) => ({ status: 200, body: { ...state.members[1], may_edit: [], may: [] } }) })
  await open('/o/yunwu/admin/people')
  expect(await screen.findByText('Only administrators can open this')).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Add a person' })).toBeNull()
})

test('the list is narrowed to a state, which stands in the address (ADM-01)', async () => {
  const { asked } = serve()
  const { user, router } = await open('/o/yunwu/admin/people?state=disabled')
  await waitFor(() => expect(asked.some((call) => call.url.startsWith('/v1/members?') && call.url.includes('state=disabled'))).toBe(true))
  await user.click(screen.getByRole('button', { name: /State/ }))
  await user.click(await screen.findByRole('option', { name: 'Leaving' }))
  await waitFor(() => expect(router.state.location.search).toEqual({ state: 'leaving' }))
  expect(asked.some((call) => call.url.startsWith('/v1/members?') && call.url.includes('state=leaving'))).toBe(true)
  expect(screen.queryByRole('radio', { name: 'My part' })).toBeNull()
})

test('whoever looks after a part sees that part first, and everybody when they say so (ORG-03)', async () => {
  const { asked } = serve({ 'GET /v1/me': (_, state) => ({ status: 200, body: { ...state.members[0], may_edit: [], may: ['people.see', 'people.edit'], has_part: true } }) })
  const { user, router } = await open('/o/yunwu/admin/people')
  const lists = () => asked.filter((call) => call.url.startsWith('/v1/members?') && call.url.includes('limit=200')).map((call) => call.url.includes('is_mine=true'))
  await waitFor(() => expect(lists().at(-1)).toBe(true))
  await user.click(await screen.findByRole('radio', { name: 'Everyone' }))
  await waitFor(() => expect(lists().at(-1)).toBe(false))
  expect(router.state.location.search).toEqual({ everybody: true })
})

test('an empty part is called so, and a state in the address is nothing to whoever may not see states', async () => {
  const { asked } = serve({
    'GET /v1/me': (_, state) => ({ status: 200, body: { ...state.members[0], may_edit: [], may: ['people.edit'], has_part: true } }),
    'GET /v1/members': () => ({ status: 200, body: { items: [], next: null } }),
  })
  await open('/o/yunwu/admin/people?state=leaving')
  expect(await screen.findByText('Nobody is in your part')).toBeTruthy()
  expect(asked.some((call) => call.url.startsWith('/v1/members?') && call.url.includes('state=leaving'))).toBe(false)
})

test('people are called by the roles they have, those of the organisation\'s own making too (ADM-01)', async () => {
  const grant = (n: number, of: string | undefined, role_id: string, department_id: string | null = null) => ({ id: `g${n}`, member_id: of, role_id, department_id, given_at: '2026-10-02T01:00:00Z', can: { take: true } })
  const { asked } = serve({
    'GET /v1/role-grants': (_, state) => ({ status: 200, body: { items: [grant(1, state.members[1]?.id, 'r7', state.departments[0]?.id), grant(2, state.members[1]?.id, '00000000-0000-7000-8000-000000000006')] } }),
  })
  await open('/o/yunwu/admin/people')
  expect(await screen.findByText(/^Auditor, 分部人事 \(|^分部人事 \(.+\), Auditor$/)).toBeTruthy()
  expect(asked.some((call) => call.url.startsWith('/v1/role-grants?members='))).toBe(true)
})

/** Administrators change what people themselves otherwise do. */
const theirs = { 'GET /v1/fields': () => ({ status: 200, body: { items: fieldList.map((field) => ({ ...field, edited_by: ['administrators'] })), can_create: true } }) }

test('a signature and a birthday are changed by administrators where they may (DIR-10)', async () => {
  const { asked } = serve(theirs)
  const { user } = await open('/o/yunwu/admin/people')
  await user.click(await screen.findByRole('button', { name: 'Actions for 陆行舟' }))
  await user.click(screen.getByRole('menuitem', { name: 'Change' }))
  const field = await screen.findByLabelText('Signature')
  expect(field).toHaveProperty('value', '慢慢来，比较快')
  expect(screen.getByRole('group', { name: 'Birthday' })).toBeTruthy()
  await user.clear(field)
  await user.paste('早睡早起')
  await user.click(screen.getByRole('button', { name: 'Save' }))
  const id = fieldList.find((one) => one.built_in === 'signature')?.id ?? ''
  await waitFor(() => expect(asked.find((call) => call.method === 'PATCH')?.body).toEqual({ values: { [id]: '早睡早起' } }))
})

test('a picture is taken away by administrators where they may, and put back (DIR-08)', async () => {
  const { asked } = serve({ ...theirs, 'DELETE /v1/members/{member}/avatar': () => ({ status: 204 }), 'PUT /v1/members/{member}/avatar': () => ({ status: 200, body: { version: 8 } }) }, (state) => {
    for (const one of state.members) one.avatar = 7
  })
  const { user } = await open('/o/yunwu/admin/people')
  await user.click(await screen.findByRole('button', { name: 'Actions for 陆行舟' }))
  await user.click(await screen.findByRole('menuitem', { name: 'Remove the picture' }))
  await screen.findByText('Picture removed')
  const sent = (method: string) => asked.find((call) => call.method === method && call.url.endsWith('/avatar'))?.headers.get('if-match')
  expect(sent('DELETE')).toBe('"7"')
})

test('a picture that is for each to choose is not taken away', async () => {
  serve({}, (state) => {
    for (const one of state.members) one.avatar = 7
  })
  const { user } = await open('/o/yunwu/admin/people')
  await user.click(await screen.findByRole('button', { name: 'Actions for 陆行舟' }))
  await screen.findByRole('menuitem', { name: 'Change' })
  expect(screen.queryByRole('menuitem', { name: 'Remove the picture' })).toBeNull()
})

test('a list of people is offered to whoever may do all that it does', async () => {
  const all = ['people.import', 'people.add', 'people.edit', 'people.place', 'departments.manage']
  const as = (may: string[]) => serve({ 'GET /v1/me': (_, state) => ({ status: 200, body: { ...state.members[1], may_edit: [], may, has_part: false } }) })
  as(['people.see', ...all.slice(0, 4)])
  const { unmount } = await open('/o/yunwu/admin/people')
  await screen.findByRole('button', { name: 'Export' })
  expect(screen.queryByRole('link', { name: 'Import' })).toBeNull()
  unmount()
  as(['people.see', ...all])
  await open('/o/yunwu/admin/people')
  expect(await screen.findByRole('link', { name: 'Import' })).toBeTruthy()
})
