import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { Handler } from '../../../../mock/handlers'
import { problem } from '../../../../mock/handlers'
import { open, serve } from '../../../../mock/render'
import { roleHandlers } from '../../../../mock/roles'

/** Gives somebody, by name, the role called so, for what is called so where that is asked. */
async function give(name: string, role: string, place?: string) {
  const { user } = await open('/o/yunwu/admin/roles')
  await user.click(await screen.findByRole('button', { name: 'Give a role' }))
  await user.type(screen.getByRole('combobox', { name: 'To whom' }), name)
  await user.click(await screen.findByRole('option', { name: new RegExp(name) }))
  const dialog = screen.getByRole('dialog', { name: 'Give a role' })
  await user.click(within(dialog).getByRole('button', { name: /Role$/ }))
  await user.click(await screen.findByRole('option', { name: new RegExp(`^${role}`) }))
  if (place !== undefined) {
    await user.click(within(dialog).getByRole('combobox', { name: 'For' }))
    await user.click(await screen.findByRole('option', { name: place }))
  }
  return { user, dialog }
}

test('a role shows what it opens before it is given (ORG-03)', async () => {
  const { asked } = serve()
  const { user, dialog } = await give('陆行舟', '分部人事', 'The whole organisation')
  const opened = await within(dialog).findByRole('list', { name: 'What it opens' })
  expect(within(opened).getAllByRole('listitem').map((item) => item.textContent)).toEqual(['See who is invited or suspended', 'Change people', 'Place people'])
  await user.click(within(dialog).getByRole('button', { name: 'Give the role' }))
  const given = asked.find((call) => call.method === 'POST' && call.url === '/v1/role-grants')
  expect(given?.body).toMatchObject({ role_id: 'r7', department_id: null })
})

test('why it is refused is said, and it cannot be given (ORG-03)', async () => {
  serve()
  const { dialog } = await give('沈知遥', '分部人事', 'The whole organisation')
  expect(await within(dialog).findByText('Nobody gives a role to themselves. Ask another administrator.')).toBeTruthy()
  expect(within(dialog).getByRole('button', { name: 'Give the role' }).hasAttribute('disabled')).toBe(true)
})

test('nothing is chosen for anybody, and what is missing is said where it is chosen (ORG-03)', async () => {
  const { asked } = serve()
  const { user } = await open('/o/yunwu/admin/roles')
  await user.click(await screen.findByRole('button', { name: 'Give a role' }))
  const dialog = within(screen.getByRole('dialog', { name: 'Give a role' }))
  const submit = () => user.click(dialog.getByRole('button', { name: 'Give the role' }))
  await user.type(screen.getByRole('combobox', { name: 'To whom' }), '陆行舟')
  await user.click(await screen.findByRole('option', { name: /陆行舟/ }))
  expect(dialog.queryByRole('combobox', { name: 'For' })).toBeNull()
  await submit()
  expect(await dialog.findByText('Choose a role.')).toBeTruthy()
  await user.click(dialog.getByRole('button', { name: /Role$/ }))
  await user.click(await screen.findByRole('option', { name: '分部人事' }))
  const place = dialog.getByRole('combobox', { name: 'For' })
  expect(place).toHaveProperty('value', '')
  await submit()
  expect(await dialog.findByText('Choose a department, or the whole organisation.')).toBeTruthy()
  expect(asked.filter(({ url }) => url.startsWith('/v1/role-grants/preview'))).toEqual([])
  await user.click(place)
  await user.click(await screen.findByRole('option', { name: 'The whole organisation' }))
  expect(await dialog.findByRole('list', { name: 'What it opens' })).toBeTruthy()
  await submit()
  await waitFor(() => expect(asked.filter(({ method, url }) => method === 'POST' && url === '/v1/role-grants').map(({ body }) => body)).toEqual([expect.objectContaining({ role_id: 'r7', department_id: null })]))
})

test('a role for the whole organisation only says so, and because of which permissions (ORG-03)', async () => {
  serve()
  const { user, dialog } = await give('陆行舟', 'Content administrator')
  const because = () => within(dialog).queryByText(/only be given for the whole organisation/)?.textContent
  expect(because()).toBe('This role can only be given for the whole organisation, because of: Say how long messages are kept, Say which files are allowed.')
  expect(within(dialog).queryByRole('combobox', { name: 'For' })).toBeNull()
  // Of many the first are named.
  await user.click(within(dialog).getByRole('button', { name: /Role$/ }))
  await user.click(await screen.findByRole('option', { name: /^Auditor/ }))
  expect(because()).toBe('This role can only be given for the whole organisation, because of: See the roles, Read the audit log, See health and jobs.')
  await user.click(within(dialog).getByRole('button', { name: /Role$/ }))
  await user.click(await screen.findByRole('option', { name: /^Security administrator/ }))
  expect(because()).toBe('This role can only be given for the whole organisation, because of: See the roles, Read the audit log, See health and jobs, and 1 more.')
  await user.click(within(dialog).getByRole('button', { name: /Role$/ }))
  await user.click(await screen.findByRole('option', { name: /^分部人事/ }))
  expect(because()).toBeUndefined()
  expect(within(dialog).getByRole('combobox', { name: 'For' })).toBeTruthy()
})

test('a role that somebody else deleted meanwhile is not made anew', async () => {
  const isGone = { value: false }
  const { asked } = serve({
    'GET /v1/roles': (call, state) => {
      const given = roleHandlers['GET /v1/roles']?.(call, state)
      const body = { ...Object(given?.body) }
      return { status: 200, body: isGone.value ? { ...body, items: body.items.filter((one: { id: string }) => one.id !== 'r7') } : body }
    },
    'PATCH /v1/roles/{role}': () => {
      const answer = isGone.value ? problem(404, 'not_found') : problem(412, 'directory.changed_meanwhile')
      isGone.value = true
      return answer
    },
  })
  const { user } = await open('/o/yunwu/admin/roles')
  await user.click(await screen.findByRole('button', { name: 'Actions for 分部人事' }))
  await user.click(screen.getByRole('menuitem', { name: 'Change' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Change 分部人事' }))
  await user.type(dialog.getByRole('textbox'), '二')
  await user.click(dialog.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(screen.queryByText('分部人事', { selector: 'table *' })).toBeNull())
  await user.click(within(screen.getByRole('dialog', { name: 'Change 分部人事' })).getByRole('button', { name: 'Save' }))
  expect((await dialog.findByText('This does not exist, or not any more.')).closest('[role=alert]')).toBeTruthy()
  expect(dialog.getByRole('textbox')).toHaveProperty('value', '分部人事二')
  expect(asked.filter(({ method, url }) => method === 'POST' && url === '/v1/roles')).toEqual([])
})

test('a second approves with the password again, and then it goes on by itself', async () => {
  let isProven = false
  const own: Record<string, Handler> = {
    'POST /v1/sensitive-acts/{act}/approve': () => (isProven ? { status: 200, body: {} } : problem(403, 'identity.prove_again')),
    'POST /v1/session/proof': ({ body }) => {
      isProven = body.password === 'correct horse battery'
      return { status: 204 }
    },
  }
  const { asked } = serve(own)
  const { user } = await open('/o/yunwu/admin/decisions')
  await user.click(await screen.findByRole('button', { name: 'Approve' }))
  await user.click(within(screen.getByRole('alertdialog')).getByRole('button', { name: 'Approve' }))
  const question = await screen.findByRole('dialog', { name: 'Your password again' })
  await user.type(within(question).getByLabelText('Password'), 'correct horse battery')
  await user.click(within(question).getByRole('button', { name: 'Continue' }))
  expect(await screen.findByText('Approved')).toBeTruthy()
  expect(asked.filter((call) => call.url.endsWith('/approve')).length).toBe(2)
})

test('a delegate is offered what their role opens and no other page (ADM-01)', async () => {
  serve({ 'GET /v1/me': (_, state) => ({ status: 200, body: { ...state.members[1], may_edit: [], has_part: true, may: ['people.edit', 'departments.manage'] } }) })
  await open('/o/yunwu/admin/people')
  const nav = await screen.findByRole('navigation', { name: 'Administration' })
  expect(within(nav).getAllByRole('link').map((link) => link.textContent).filter((text) => text !== '')).toEqual(['People', 'Departments'])
  expect(screen.queryByRole('button', { name: 'Add a person' })).toBeNull()
})

test('what waits for its day is shown to everybody under privacy (RET-09)', async () => {
  serve()
  await open('/o/yunwu/settings/privacy')
  expect(await screen.findByRole('heading', { name: 'About to happen' })).toBeTruthy()
  expect(screen.getByText(/Keep messages for/)).toBeTruthy()
})
