/** The tree of departments: what is done to one by mistake is taken back. */
import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { departments } from '../../../mock/company'
import { problem, type Handler } from '../../../mock/handlers'
import { open, serve } from '../../../mock/render'

const [first, second, third] = departments().filter((one) => one.parent_id === null).slice(1)

/** The tree, its menus, and the changes that were asked for, each with the revision it was made on. */
async function opened(isTaken = () => false, own: Record<string, Handler> = {}) {
  let revision = 1
  const { asked, state } = serve({
    'PATCH /v1/departments/{department}': ({ path, body }) => {
      if (isTaken()) return problem(412, 'directory.changed_meanwhile')
      revision += 1
      return { status: 200, body: Object.assign(state.departments.find((one) => one.id === path.department) ?? {}, body, { revision }) }
    },
    ...own,
  }, (state) => {
    for (const one of state.departments) if (one.id === second?.id) one.member_count = 0
  })
  const { user } = await open('/o/yunwu/admin/departments')
  const act = async (name: string, what: string) => {
    await user.click(await screen.findByRole('button', { name: `Actions for ${name}` }))
    await user.click(await screen.findByRole('menuitem', { name: what }))
  }
  const changes = () => asked.filter((call) => call.method === 'PATCH').map((call) => [call.url.split('/').at(-1), call.body, call.headers.get('if-match')])
  return { user, act, asked, changes }
}

test('archiving a department can be undone (DIR-04)', async () => {
  if (!second) throw new Error('no department')
  const { user, act, changes } = await opened()
  await act(second.name, 'Archive')
  await screen.findByText(`${second.name} archived`)
  // Its line is gone from the tree, with its menu.
  await waitFor(() => expect(screen.queryByRole('button', { name: `Actions for ${second.name}` })).toBeNull())
  await user.click(await screen.findByRole('button', { name: 'Undo' }))
  await screen.findByRole('button', { name: `Actions for ${second.name}` })
  expect(changes()).toEqual([[second.id, { is_archived: true }, '"1"'], [second.id, { is_archived: false }, '"2"']])
})

test('moving a department can be undone: it goes back before the one it stood before (DIR-04)', async () => {
  if (!first || !second || !third) throw new Error('no departments')
  const { user, act, changes } = await opened()
  await act(first.name, 'Move down')
  await screen.findByText(`${first.name} moved`)
  await user.click(await screen.findByRole('button', { name: 'Undo' }))
  await waitFor(() => expect(changes()).toEqual([[first.id, { before: third.id }, '"1"'], [first.id, { before: second.id }, '"2"']]))
})

test('another department above, chosen in the dialog, can be undone with everything else that was changed there (DIR-04)', async () => {
  if (!first || !second || !third) throw new Error('no departments')
  const { user, act, changes } = await opened()
  await act(first.name, 'Change')
  await user.click(await screen.findByRole('combobox', { name: 'Below' }))
  await user.click(await screen.findByRole('option', { name: third.name }))
  await user.click(screen.getByRole('button', { name: 'Save' }))
  await screen.findByText(`${first.name} moved`)
  await user.click(await screen.findByRole('button', { name: 'Undo' }))
  await waitFor(() => expect(changes()).toEqual([[first.id, { parent_id: third.id }, '"1"'], [first.id, { parent_id: null, before: second.id }, '"2"']]))
})

test('a name that was changed in the dialog can be undone, and nothing is offered where nothing was changed', async () => {
  if (!first) throw new Error('no department')
  const { user, act, changes } = await opened()
  await act(first.name, 'Change')
  const name = await screen.findByRole('textbox', { name: 'Name' })
  await user.clear(name)
  await user.type(name, 'Elsewhere')
  await user.click(screen.getByRole('button', { name: 'Save' }))
  await user.click(await screen.findByRole('button', { name: 'Undo' }))
  await waitFor(() => expect(changes()).toEqual([[first.id, { name: 'Elsewhere' }, '"1"'], [first.id, { name: first.name }, '"2"']]))
  await act(first.name, 'Change')
  await user.click(await screen.findByRole('button', { name: 'Save' }))
  await screen.findByText('Saved')
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull())
})

test('what somebody else changed in the meantime is not undone over their head', async () => {
  if (!second) throw new Error('no department')
  let isTaken = false
  const { user, act } = await opened(() => isTaken)
  await act(second.name, 'Archive')
  await screen.findByText(`${second.name} archived`)
  isTaken = true
  await user.click(await screen.findByRole('button', { name: 'Undo' }))
  await screen.findByText(/changed/i)
})

test('a department is found by typing, and shown in the tree when it is chosen (DIR-04)', async () => {
  if (!first) throw new Error('no department')
  const { user } = await opened()
  const field = await screen.findByRole('searchbox', { name: 'Find a department' })
  await user.type(field, 'qqq')
  await screen.findByText('No department is called so.')
  await user.keyboard('{Escape}')
  await screen.findByRole('treegrid', { name: 'Departments' })
  await user.type(field, first.name)
  const hits = await screen.findByRole('list', { name: 'Departments called so' })
  await user.click(await within(hits).findByRole('button', { name: first.name }))
  const line = await screen.findByRole('row', { name: first.name })
  await waitFor(() => expect(document.activeElement).toBe(line))
  expect(line.getAttribute('aria-selected')).toBe('true')
})

test('only an empty department is offered to be archived or removed (DIR-04)', async () => {
  if (!first || !second) throw new Error('no departments')
  const { user } = await opened()
  const offered = async (name: string) => {
    await user.click(await screen.findByRole('button', { name: `Actions for ${name}` }))
    const names = (await screen.findAllByRole('menuitem')).map((one) => one.textContent)
    await user.keyboard('{Escape}')
    return ['Archive', 'Remove'].filter((name) => names.includes(name))
  }
  expect(await offered(second.name)).toEqual(['Archive', 'Remove'])
  expect(await offered(first.name)).toEqual([])
})

test('what somebody else changed meanwhile is not removed unseen (DIR-04)', async () => {
  if (!second) throw new Error('no departments')
  const { user, act, asked } = await opened(undefined, { 'DELETE /v1/departments/{department}': () => problem(412, 'directory.changed_meanwhile') })
  await act(second.name, 'Remove')
  await user.click(within(await screen.findByRole('alertdialog', { name: `Remove ${second.name}?` })).getByRole('button', { name: 'Remove' }))
  expect(await screen.findByText(/Somebody else changed this in the meantime/)).toBeTruthy()
  expect(asked.find((call) => call.method === 'DELETE')?.headers.get('if-match')).toBe('"1"')
})

test('whoever looks after a part finds that part first, and in the whole where it is', async () => {
  const mine = departments().find((one) => one.parent_id !== null)
  if (!mine || !first) throw new Error('no departments')
  const { user } = await opened(undefined, {
    'GET /v1/me': (_, state) => ({ status: 200, body: { ...state.members[1], may_edit: [], may: ['departments.manage'], has_part: true } }),
    'GET /v1/departments': (_, state) => ({ status: 200, body: { items: state.departments.map((one) => ({ ...one, can: { ...one.can, edit: one.id === mine.id } })) } }),
  })
  const rows = () => within(screen.getByRole('treegrid', { name: 'Departments' })).getAllByRole('row').map((row) => row.getAttribute('aria-label') ?? row.textContent)
  await screen.findByRole('row', { name: mine.name })
  expect(rows()).toHaveLength(1)
  await user.click(screen.getByRole('radio', { name: 'Whole organisation' }))
  await screen.findByRole('row', { name: first.name })
  expect(screen.getByText('yours')).toBeTruthy()
  expect(rows().length).toBeGreaterThan(1)
})
