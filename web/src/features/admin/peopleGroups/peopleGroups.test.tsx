import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { problem } from '../../../../mock/handlers'
import { open, serve } from '../../../../mock/render'

const PAGE = '/o/yunwu/admin/people-groups'

test('the list says what is wrong and who sees a group (DIR-03)', async () => {
  serve()
  await open(PAGE)
  expect(await screen.findByRole('rowheader', { name: /冷链司机/ })).toBeTruthy()
  expect(screen.getByText('needs mending')).toBeTruthy()
  expect(screen.getByText('administrators, because of its rule')).toBeTruthy()
})

test('a group is made by a rule, tried before it is saved (DIR-01, DIR-02)', async () => {
  const { asked } = serve()
  const { user } = await open(PAGE)
  await user.click(await screen.findByRole('button', { name: 'New directory group' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'New directory group' }))
  await user.type(dialog.getByLabelText('Name'), 'Drivers')
  await user.click(dialog.getByRole('radio', { name: /By a rule/ }))
  const add = dialog.getByRole('button', { name: 'Add a condition' })
  // Until the fields are read there is nothing to ask.
  await waitFor(() => expect(add.hasAttribute('disabled')).toBe(false))
  await user.click(add)
  const condition = within(dialog.getByRole('group', { name: 'Condition 1' }))
  await user.click(condition.getByRole('button', { name: /Field/ }))
  expect(screen.queryByRole('option', { name: 'Birthday' })).toBeNull()
  expect(screen.queryByRole('option', { name: 'Remark' })).toBeNull()
  await user.click(screen.getByRole('option', { name: 'Position' }))
  await user.click(condition.getByRole('button', { name: /Comparison/ }))
  await user.click(screen.getByRole('option', { name: 'contains' }))
  await user.type(condition.getByRole('textbox', { name: 'Position' }), 'driver')
  await user.click(dialog.getByRole('button', { name: 'See who would be in it' }))
  expect(await dialog.findByText('42 people')).toBeTruthy()
  const made_by = { kind: 'rule', department_ids: [], includes_below: true, needs: 'all', conditions: [{ field_id: '00000000-0000-7000-8000-000000000104', test: 'contains', values: ['driver'] }] }
  expect(asked.find((call) => call.url === '/v1/people-groups/preview')?.body).toEqual({ made_by, group_id: null })
  expect(asked.some((call) => call.method === 'POST' && call.url === '/v1/people-groups')).toBe(false)
  await user.click(dialog.getByRole('button', { name: 'Make the group' }))
  const sent = asked.find((call) => call.method === 'POST' && call.url === '/v1/people-groups')
  expect(sent?.body).toEqual({ name: 'Drivers', note: '', is_shown: true, made_by })
  expect(sent?.headers.has('idempotency-key')).toBe(true)
})

test('a rule that names a field that is off says so, and nothing is guessed', async () => {
  serve()
  const { user } = await open(PAGE)
  await user.click(await screen.findByRole('button', { name: 'Actions for Old field' }))
  await user.click(screen.getByRole('menuitem', { name: 'Change' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Change Old field' }))
  expect(await dialog.findByText(/Remark: A field of the rule is switched off/)).toBeTruthy()
  expect(dialog.getByText(/Rules cannot ask this field at the moment/)).toBeTruthy()
})

test('whoever saves a group second is told of the first, and what is said is about the revision they saw', async () => {
  const { asked } = serve({ 'PATCH /v1/people-groups/{group}': () => problem(412, 'directory.changed_meanwhile') })
  const { user } = await open(PAGE)
  await user.click(await screen.findByRole('button', { name: 'Actions for Board' }))
  await user.click(screen.getByRole('menuitem', { name: 'Change' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Change Board' }))
  await user.click(dialog.getByRole('button', { name: 'Save' }))
  expect(await dialog.findByText(/Somebody else changed this in the meantime/)).toBeTruthy()
  expect(asked.find((call) => call.method === 'PATCH')?.headers.get('if-match')).toBe('"1"')
})

test('a rule that says nothing is told what it lacks, before anything is asked', async () => {
  const { asked } = serve()
  const { user } = await open(PAGE)
  await user.click(await screen.findByRole('button', { name: 'New directory group' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'New directory group' }))
  await user.type(dialog.getByLabelText('Name'), 'Drivers')
  await user.click(dialog.getByRole('radio', { name: /By a rule/ }))
  await user.click(dialog.getByRole('button', { name: 'Make the group' }))
  expect(await dialog.findByText('A rule needs a department or at least one condition.')).toBeTruthy()
  const add = dialog.getByRole('button', { name: 'Add a condition' })
  await waitFor(() => expect(add.hasAttribute('disabled')).toBe(false))
  await user.click(add)
  await user.click(dialog.getByRole('button', { name: 'See who would be in it' }))
  expect(await dialog.findByText(/^Condition 1 compares “.+” with nothing: enter a value\.$/)).toBeTruthy()
  expect(asked.some((call) => call.method === 'POST' && call.url.startsWith('/v1/people-groups'))).toBe(false)
})
