/** Departments are chosen by typing: the server is asked, and of very many no more are drawn than are looked at. */
import { screen, waitFor, within } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { departments } from '../../mock/company'
import { problem, type Handler } from '../../mock/handlers'
import { StillMedia } from '../../mock/media'
import { giveSize } from '../../mock/layout'
import { open, serve } from '../../mock/render'

const [pattern] = departments()
if (!pattern) throw new Error('no department')
/** Twelve at the top, each with thirty below it. */
const many = Array.from({ length: 12 }, (_, top) => [
  { ...pattern, id: `t${top}`, name: `Region ${top}`, parent_id: null, position: top },
  ...Array.from({ length: 30 }, (_, n) => ({ ...pattern, id: `d${top}-${n}`, name: `Shop ${n}`, parent_id: `t${top}`, position: n })),
]).flat()

function crowded(own: Record<string, Handler> = {}) {
  return serve(own, (state) => {
    state.departments = structuredClone(many)
    for (const one of state.members) one.department_ids = ['d3-7']
  })
}

async function newToken(own: Record<string, Handler> = {}) {
  const { asked } = crowded({ 'POST /v1/service-tokens': () => ({ status: 201, body: { token: {}, secret: 'tulou.x.y' } }), ...own })
  const { user } = await open('/o/yunwu/admin/tokens')
  await user.click(await screen.findByRole('button', { name: 'New token' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'New service token' }))
  return { asked, user, dialog, field: dialog.getByRole('combobox', { name: 'For' }) }
}

/** Writes it where something may stand. */
async function look(user: { clear: (field: Element) => Promise<void>; paste: (words: string) => Promise<void> }, field: Element, words: string) {
  await user.clear(field)
  await user.paste(words)
}

const options = () => screen.getAllByRole('option').map((one) => one.textContent)
const asks = (asked: { url: string }[]) => asked.flatMap(({ url }) => (url.startsWith('/v1/departments?query=') ? [new URL(url, location.origin).searchParams.get('query')] : []))

test('those at the top are offered first, and all others by typing, each with where it is (DIR-04)', async () => {
  const { asked, user, dialog, field } = await newToken()
  expect(field).toHaveProperty('value', 'Whole organisation')
  await user.click(field)
  await waitFor(() => expect(options()).toEqual(['Whole organisation', ...Array.from({ length: 12 }, (_, n) => `Region ${n}`)]))
  expect(screen.getByText('Type a name to find the other departments.')).toBeTruthy()
  await look(user, field, 'Shop 1')
  await waitFor(() => expect(options().slice(0, 12)).toEqual(Array.from({ length: 12 }, (_, n) => `Shop 1Region ${n}`)))
  expect(options()).toHaveLength(50)
  expect(screen.getByText('82 more departments: type to find them')).toBeTruthy()
  expect(asks(asked)).toContain('Shop 1')
  await user.keyboard('{ArrowDown}{ArrowDown}{Enter}')
  expect(field).toHaveProperty('value', 'Region 1 / Shop 1')
  await user.type(dialog.getByLabelText('Which program'), 'HR')
  await user.click(dialog.getAllByRole('checkbox')[0] ?? field)
  await user.click(dialog.getByRole('button', { name: 'Make the token' }))
  await waitFor(() => expect(asked.find((call) => call.method === 'POST' && call.url === '/v1/service-tokens')?.body.department_ids).toEqual(['d1-1']))
})

test('what was chosen stays until another one is, and the whole can be chosen again', async () => {
  const { user, field } = await newToken()
  await user.click(field)
  await user.click(await screen.findByRole('option', { name: 'Region 4' }))
  expect(field).toHaveProperty('value', 'Region 4')
  await look(user, field, 'qqq')
  expect(await screen.findByText('No department is called so.')).toBeTruthy()
  await user.tab()
  expect(field).toHaveProperty('value', 'Region 4')
  await look(user, field, 'whole')
  await user.click(await screen.findByRole('option', { name: 'Whole organisation' }))
  expect(field).toHaveProperty('value', 'Whole organisation')
})

test('why nothing is found is said where the server cannot be asked', async () => {
  const { user, field } = await newToken({ 'GET /v1/departments': ({ query }) => (query.has('query') ? problem(400, 'http.400') : { status: 200, body: { items: many } }) })
  await look(user, field, 'Shop')
  await waitFor(() => expect(within(screen.getByRole('listbox')).queryByText(/Looking|No department/)).toBeNull())
})

test('several are chosen one after the other, named above, and taken away again', async () => {
  giveSize()
  const { asked } = crowded()
  const { user } = await open('/o/yunwu/admin/people')
  await user.click(await screen.findByRole('button', { name: 'Actions for 陆行舟' }))
  await user.click(screen.getByRole('menuitem', { name: 'Change' }))
  const group = within(await screen.findByRole('group', { name: 'Departments' }))
  const chosen = () => within(group.getByRole('list', { name: 'Chosen' })).getAllByRole('listitem').map((one) => one.textContent)
  await waitFor(() => expect(chosen()).toEqual(['Region 3 / Shop 7']))
  const field = group.getByRole('combobox', { name: 'Departments' })
  await look(user, field, 'Shop 11')
  await user.click((await screen.findAllByRole('option', { name: /Shop 11.*Region 2/ }))[0] ?? field)
  expect(chosen()).toEqual(['Region 3 / Shop 7', 'Region 2 / Shop 11'])
  expect(field).toHaveProperty('value', '')
  expect(screen.queryByRole('listbox')).toBeNull()
  await look(user, field, 'Region 5')
  await user.click(await screen.findByRole('option', { name: 'Region 5' }))
  await user.click(group.getByRole('button', { name: 'Take Region 3 / Shop 7 away' }))
  expect(chosen()).toEqual(['Region 2 / Shop 11', 'Region 5'])
  expect(document.activeElement).toBe(group.getByRole('button', { name: 'Take Region 2 / Shop 11 away' }))
  await user.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(asked.find((call) => call.method === 'PATCH')?.body).toMatchObject({ department_ids: ['d2-11', 't5'] }))
})

test('a department is not put below itself, and can be put at the top', async () => {
  const { asked } = crowded()
  const { user } = await open('/o/yunwu/admin/departments')
  await user.click(await screen.findByRole('button', { name: 'Actions for Region 0' }))
  await user.click(screen.getByRole('menuitem', { name: 'Change' }))
  const field = await screen.findByRole('combobox', { name: 'Below' })
  expect(field).toHaveProperty('value', 'The organisation itself')
  await look(user, field, 'Shop 29')
  await waitFor(() => expect(options()).toEqual(Array.from({ length: 11 }, (_, n) => `Shop 29Region ${n + 1}`)))
  await user.click(screen.getByRole('option', { name: /Region 9/ }))
  await user.clear(field)
  await user.click(await screen.findByRole('option', { name: 'The organisation itself' }))
  await user.click(screen.getByRole('button', { name: 'Save' }))
  await screen.findByText('Saved')
  expect(asked.find((call) => call.method === 'PATCH')?.body ?? {}).toEqual({})
})

test('whoever looks after a part is offered that part first', async () => {
  const { user } = await (async () => {
    serve({}, (state) => {
      state.departments = many.map((one) => ({ ...one, can: { ...one.can, add_people: one.id === 'd3-7' } }))
    })
    return open('/o/yunwu/admin/people')
  })()
  await user.click(await screen.findByRole('button', { name: 'Add a person' }))
  await user.click(await screen.findByRole('combobox', { name: 'Departments' }))
  await waitFor(() => expect(options()).toEqual(['Shop 7Region 3']))
})

test('on a phone the department of the directory is found in the same way', async () => {
  vi.spyOn(StillMedia.prototype, 'matches', 'get').mockImplementation(function (this: StillMedia) {
    return this.media === '(max-width: 767.98px)'
  })
  crowded()
  const { user, router } = await open('/o/yunwu/people')
  const field = await screen.findByRole('combobox', { name: 'Department' })
  await look(user, field, 'Shop 25')
  await user.click((await screen.findAllByRole('option', { name: /Shop 25.*Region 8/ }))[0] ?? field)
  await waitFor(() => expect(router.state.location.search).toEqual({ department: 'd8-25' }))
  vi.restoreAllMocks()
})

test('departments that are called so stand with what is above them, and how many more there are is said', async () => {
  crowded()
  const { user } = await open('/o/yunwu/people')
  await user.type(await screen.findByRole('searchbox', { name: 'Search people' }), 'Shop 29')
  const found = within(await screen.findByRole('navigation', { name: 'Departments called so' }))
  await waitFor(() => expect(found.getAllByRole('link').map((one) => one.querySelector('small')?.textContent)).toEqual(Array.from({ length: 6 }, (_, n) => `Region ${n}`)))
  expect(found.getByText('6 more departments: type to find them')).toBeTruthy()
})
