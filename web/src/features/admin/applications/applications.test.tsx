import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { problem, type Handler } from '../../../../mock/handlers'
import { open, serve } from '../../../../mock/render'

type Setting = { open_to: string; department_ids: string[]; kept: string; erased: number; revision: number }

/** Applications as a server keeps them, with one of them decided. */
function server(first: Partial<Setting> = {}, isOpen = true) {
  let decided: Setting = { open_to: 'everybody', department_ids: [], kept: 'kept', erased: 0, revision: 0, ...first }
  const state = () => ({ key: 'contacts', is_open: isOpen && decided.open_to !== 'nobody', by_departments: true, decided })
  const own: Record<string, Handler> = {
    'GET /v1/applications': () => ({ status: 200, body: { items: [state()], can: { edit: true } } }),
    'PUT /v1/applications/{application}': ({ body }) => {
      decided = { open_to: String(body['open_to']), department_ids: Array.isArray(body['department_ids']) ? body['department_ids'].map(String) : [], kept: body['stored'] === 'erased' ? 'erasing' : 'kept', erased: 0, revision: decided.revision + 1 }
      return { status: 200, body: state() }
    },
  }
  return own
}

const changes = (asked: ReturnType<typeof serve>['asked']) => asked.filter((call) => call.method === 'PUT' && call.url === '/v1/applications/contacts')

test('an application is switched off with the revision that was seen, and undone with the next one', async () => {
  const { asked } = serve(server())
  const { user } = await open('/o/yunwu/admin/applications')
  const row = await screen.findByRole('listitem', { name: 'Contacts' })
  expect(within(row).getByText(/Nobody finds, adds or exports contacts/)).toBeTruthy()
  await user.click(within(row).getByRole('switch', { name: 'Contacts' }))
  await user.click(within(await screen.findByRole('dialog', { name: 'Switch Contacts off?' })).getByRole('button', { name: 'Switch off' }))
  expect(await screen.findByText('Contacts is off')).toBeTruthy()
  expect(await within(row).findByText('Off for everyone')).toBeTruthy()
  expect(within(row).getByText('What is kept for it is out of sight')).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Undo' }))
  expect(await within(row).findByText('On for everyone')).toBeTruthy()
  expect(changes(asked).map(({ body, headers }) => [body['open_to'], headers.get('if-match')])).toEqual([['nobody', '"0"'], ['everybody', '"1"']])
})

test('departments are chosen, and none is no choice', async () => {
  const { asked } = serve(server())
  const { user } = await open('/o/yunwu/admin/applications')
  await user.click(await screen.findByRole('button', { name: 'Contacts: by departments…' }))
  const dialog = await screen.findByRole('dialog', { name: 'Contacts' })
  await user.click(within(dialog).getByRole('radio', { name: /Only some departments/ }))
  await user.click(within(dialog).getByRole('button', { name: 'Save' }))
  expect(await within(dialog).findByText('Choose at least one department.')).toBeTruthy()
  expect(changes(asked)).toEqual([])
  await user.click(within(dialog).getByRole('combobox', { name: 'Departments' }))
  const [first] = await screen.findAllByRole('option')
  if (!first) throw new Error('there are departments')
  await user.click(first)
  await user.click(within(dialog).getByRole('button', { name: 'Save' }))
  expect(await screen.findByText(/^On only in .+, and below$/)).toBeTruthy()
  expect(changes(asked)[0]?.body).toMatchObject({ open_to: 'only', department_ids: [expect.any(String)] })
})

test('what was chosen stays open when it could not be saved, and can be saved again', async () => {
  const own = server()
  const put = own['PUT /v1/applications/{application}']
  let tries = 0
  const { asked } = serve({ ...own, 'PUT /v1/applications/{application}': (request, state) => ((tries += 1) > 1 && put ? put(request, state) : problem(503, 'http.503')) })
  const { user } = await open('/o/yunwu/admin/applications')
  await user.click(await screen.findByRole('button', { name: 'Contacts: by departments…' }))
  const dialog = await screen.findByRole('dialog', { name: 'Contacts' })
  await user.click(within(dialog).getByRole('radio', { name: /Nobody/ }))
  await user.click(within(dialog).getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(tries).toBe(1))
  await waitFor(() => expect(within(screen.getByRole('dialog', { name: 'Contacts' })).getByRole('button', { name: 'Save' }).getAttribute('data-pending')).toBeNull())
  expect(within(dialog).getByRole<HTMLInputElement>('radio', { name: /Nobody/ }).checked).toBe(true)
  await user.click(within(dialog).getByRole('button', { name: 'Save' }))
  expect(await screen.findByText('Contacts is off')).toBeTruthy()
  await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Contacts' })).toBeNull())
  expect(changes(asked)).toHaveLength(2)
})

test('whoever comes second is told and sees what the first one decided', async () => {
  let isOutdated = false
  const own = server()
  const list = own['GET /v1/applications']
  serve({
    ...own,
    'GET /v1/applications': (request, state) => {
      const answer = list?.(request, state)
      const theirs = { key: 'contacts', is_open: false, by_departments: true, decided: { open_to: 'nobody', department_ids: [], revision: 1 } }
      return isOutdated || !answer ? { status: 200, body: { items: [theirs], can: { edit: true } } } : answer
    },
    'PUT /v1/applications/{application}': () => {
      isOutdated = true
      return problem(412, 'directory.changed_meanwhile')
    },
  })
  const { user } = await open('/o/yunwu/admin/applications')
  await user.click(await screen.findByRole('switch', { name: 'Contacts' }))
  await user.click(within(await screen.findByRole('dialog', { name: 'Switch Contacts off?' })).getByRole('button', { name: 'Switch off' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(await screen.findByText(/Somebody else changed this in the meantime/)).toBeTruthy()
  expect(await screen.findByText('Off for everyone')).toBeTruthy()
})

test('what is kept is told before it is switched off, and what becomes of it is asked (ORG-12)', async () => {
  const { asked } = serve(server())
  const { user } = await open('/o/yunwu/admin/applications')
  const row = await screen.findByRole('listitem', { name: 'Contacts' })
  await user.click(within(row).getByRole('switch', { name: 'Contacts' }))
  const dialog = await screen.findByRole('dialog', { name: 'Switch Contacts off?' })
  expect(await within(dialog).findByText('12')).toBeTruthy()
  await user.click(within(dialog).getByRole('radio', { name: /Erased/ }))
  expect(changes(asked)).toEqual([])
  await user.click(within(dialog).getByRole('button', { name: 'Switch off and erase' }))
  expect(await screen.findByText('What was kept for it is being erased, 0 so far')).toBeTruthy()
  expect(changes(asked)[0]?.body).toEqual({ open_to: 'nobody', department_ids: [], stored: 'erased' })
  expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull()
  expect(within(row).getByRole<HTMLInputElement>('switch', { name: 'Contacts' }).disabled).toBe(true)
})

test('nobody with what is kept erased is the same step from the departments', async () => {
  const { asked } = serve(server())
  const { user } = await open('/o/yunwu/admin/applications')
  await user.click(await screen.findByRole('button', { name: 'Contacts: by departments…' }))
  const dialog = await screen.findByRole('dialog', { name: 'Contacts' })
  await user.click(within(dialog).getByRole('radio', { name: /Nobody/ }))
  await user.click(await within(dialog).findByRole('radio', { name: /Erased/ }))
  expect(within(dialog).queryByRole('button', { name: 'Save' })).toBeNull()
  await user.click(within(dialog).getByRole('button', { name: 'Switch off and erase' }))
  expect(await screen.findByText('Contacts is off, and what is kept for it will be erased')).toBeTruthy()
  expect(changes(asked)[0]?.body).toEqual({ open_to: 'nobody', department_ids: [], stored: 'erased' })
})

test('what is to be erased is kept after all only by whoever says so', async () => {
  serve(server({ open_to: 'nobody', kept: 'erasing', revision: 1 }))
  const { user } = await open('/o/yunwu/admin/applications')
  await user.click(await screen.findByRole('button', { name: 'Contacts: by departments…' }))
  const dialog = await screen.findByRole('dialog', { name: 'Contacts' })
  expect((await within(dialog).findByRole<HTMLInputElement>('radio', { name: /Erased/ })).checked).toBe(true)
  expect(within(dialog).getByRole('button', { name: 'Erase' })).toBeTruthy()
  await user.click(within(dialog).getByRole('radio', { name: /Kept out of sight/ }))
  await user.click(within(dialog).getByRole('button', { name: 'Save' }))
  expect(await screen.findByText('What is kept for it is out of sight')).toBeTruthy()
})

test('what somebody else decides while it is asked changes neither the question nor what was seen', async () => {
  let isTheirs = false
  const own = server()
  const list = own['GET /v1/applications']
  const theirs = { key: 'contacts', is_open: false, by_departments: true, decided: { open_to: 'nobody', department_ids: [], kept: 'kept', erased: 0, revision: 1 } }
  const { asked } = serve({ ...own, 'GET /v1/applications': (request, state) => (isTheirs || !list ? { status: 200, body: { items: [theirs], can: { edit: true } } } : list(request, state)) })
  const { user, router } = await open('/o/yunwu/admin/applications')
  await user.click(await screen.findByRole('switch', { name: 'Contacts' }))
  const dialog = await screen.findByRole('dialog', { name: 'Switch Contacts off?' })
  isTheirs = true
  await router.options.context.queries.invalidateQueries()
  expect(await screen.findByText('Off for everyone')).toBeTruthy()
  expect(screen.getByRole('dialog', { name: 'Switch Contacts off?' })).toBe(dialog)
  await user.click(within(dialog).getByRole('button', { name: 'Switch off' }))
  await waitFor(() => expect(changes(asked)[0]?.headers.get('if-match')).toBe('"0"'))
})

test('what is kept out of sight can be erased later', async () => {
  const { asked } = serve(server({ open_to: 'nobody', revision: 3 }))
  const { user } = await open('/o/yunwu/admin/applications')
  await user.click(await screen.findByRole('button', { name: 'Contacts: erase what is kept…' }))
  const dialog = await screen.findByRole('dialog', { name: 'Erase what is kept for Contacts?' })
  expect(await within(dialog).findByText('12')).toBeTruthy()
  expect(within(dialog).queryByRole('radio')).toBeNull()
  await user.click(within(dialog).getByRole('button', { name: 'Erase' }))
  await waitFor(() => expect(changes(asked).map(({ body, headers }) => [body['stored'], headers.get('if-match')])).toEqual([['erased', '"3"']]))
})

test('what is off is not led to, and its address says whom to ask', async () => {
  // Contact codes stand on the same page.
  const off = ['contacts', 'contact_codes'].map((key) => ({ key, is_open: false, by_departments: true }))
  const { asked } = serve({ 'GET /v1/applications': () => ({ status: 200, body: { items: off, can: { edit: false } } }) })
  const { router } = await open('/o/yunwu/people/contacts')
  expect(await screen.findByRole('heading', { level: 1, name: 'Your organisation has switched this off' })).toBeTruthy()
  expect(screen.getByText('Ask an administrator of Yunwu Group if you need it.')).toBeTruthy()
  expect(asked.some((call) => call.url.startsWith('/v1/contacts'))).toBe(false)
  await router.navigate({ href: '/o/yunwu/people' })
  await waitFor(() => expect(screen.queryByRole('heading', { name: 'Your organisation has switched this off' })).toBeNull())
  expect(screen.queryByRole('navigation', { name: 'Parts of the directory' })).toBeNull()
})

test('of what is off nothing is left in settings and administration', async () => {
  const off = ['address_books', 'people_exports', 'provisioning'].map((key) => ({ key, is_open: false, by_departments: true }))
  serve({ 'GET /v1/applications': () => ({ status: 200, body: { items: off, can: { edit: false } } }) })
  const { router } = await open('/o/yunwu/settings/devices')
  const settings = await screen.findByRole('navigation', { name: 'Settings' })
  expect(within(settings).getByRole('link', { name: 'Profile' })).toBeTruthy()
  expect(within(settings).queryByRole('link', { name: 'Address books' })).toBeNull()
  await router.navigate({ href: '/o/yunwu/admin/people' })
  const administration = await screen.findByRole('navigation', { name: 'Administration' })
  expect(within(administration).getByRole('link', { name: 'Working days' })).toBeTruthy()
  expect(within(administration).queryByRole('link', { name: 'Service tokens' })).toBeNull()
  expect(await screen.findByRole('button', { name: 'Add a person' })).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Export' })).toBeNull()
})

test('without announcements and peers nothing leads to them, and nothing is asked for them (ADM-04, ADM-07)', async () => {
  const off = ['announcements', 'peers'].map((key) => ({ key, is_open: false, by_departments: true }))
  const { asked } = serve({
    'GET /v1/applications': () => ({ status: 200, body: { items: off, can: { edit: true } } }),
  })
  const { router } = await open('/o/yunwu/admin/overview')
  const administration = await screen.findByRole('navigation', { name: 'Administration' })
  expect(within(administration).getByRole('link', { name: 'Working days' })).toBeTruthy()
  await waitFor(() => expect(within(administration).queryByRole('link', { name: 'Announcements' })).toBeNull())
  expect(within(administration).queryByRole('link', { name: 'Peer organisations' })).toBeNull()
  const before = asked.length
  await router.navigate({ href: '/o/yunwu/announcements' })
  expect(await screen.findByRole('heading', { name: 'Your organisation has switched this off' })).toBeTruthy()
  await router.navigate({ href: '/o/yunwu/notifications' })
  expect(await screen.findByRole('heading', { name: 'Notifications', level: 1 })).toBeTruthy()
  expect(screen.queryByRole('link', { name: 'Announcements' })).toBeNull()
  await router.navigate({ href: '/o/yunwu/people/contacts' })
  await screen.findByRole('navigation', { name: 'Parts of the directory' })
  for (const page of ['peers', 'announcements']) {
    await router.navigate({ href: `/o/yunwu/admin/${page}` })
    expect(await screen.findByRole('heading', { name: 'Your organisation has switched this off' })).toBeTruthy()
    expect(within(administration).getByRole('link', { name: 'Applications' })).toBeTruthy()
  }
  const since = asked.slice(before).map((call) => call.url)
  expect(since.filter((url) => /^\/v1\/(announcements|peers|peer-contacts|peer-speakers)/.test(url))).toEqual([])
})
