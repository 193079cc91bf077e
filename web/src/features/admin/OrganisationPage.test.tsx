import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { Handler } from '../../../mock/handlers'
import { verification } from '../../../mock/operator'
import { open, serve } from '../../../mock/render'

/** The page; what the server knows of the organisation is changed by `put`, and told from then on. */
async function page(own: Record<string, Handler> = {}) {
  const { asked, state } = serve(own, (fresh) => Object.assign(fresh.organisation, { revision: 5 }))
  const { user } = await open('/o/yunwu/admin/organisation')
  const name = await screen.findByRole<HTMLInputElement>('textbox', { name: 'Name in English' })
  const save = () => user.click(screen.getAllByRole('button', { name: 'Save' })[0] ?? name)
  return { asked, state, user, name, save }
}

test('what one saved oneself is at no time shown as what somebody else changed', async () => {
  const shown: boolean[] = []
  const see = () => shown.push(screen.queryByText('What they changed:') !== null)
  const { name, user, save } = await page({
    'PATCH /v1/organisation': ({ body }, state) => ({ status: 200, body: { ...Object.assign(state.organisation, body, { revision: 6 }) } }),
    'GET /v1/organisation': (_, state) => {
      see()
      return { status: 200, body: { ...state.organisation } }
    },
  })
  const watch = new MutationObserver(see)
  watch.observe(document.body, { subtree: true, childList: true })
  await user.clear(name)
  await user.type(name, ' Cloud ')
  await save()
  await screen.findByText('Saved')
  await waitFor(() => expect(shown.length).toBeGreaterThan(1))
  watch.disconnect()
  expect(shown).not.toContain(true)
})

test('whoever comes second sees what the other one changed, with what they wrote themselves still there', async () => {
  const { name, user, save } = await page({
    'PATCH /v1/organisation': (_, state) => {
      Object.assign(state.organisation, { name_zh: '云', revision: 6 })
      return { status: 412, body: { status: 412, code: 'directory.changed_meanwhile' } }
    },
    'GET /v1/organisation': (_, state) => ({ status: 200, body: { ...state.organisation } }),
  })
  await user.type(name, ' Cloud')
  await save()
  expect(await screen.findByText('What they changed:')).toBeTruthy()
  expect(name.value).toMatch(/ Cloud$/)
  expect(screen.getByRole('textbox', { name: 'Name in Chinese' })).toHaveProperty('value', '云')
})

test('whoever may read the audit log is told who changed it and when; of oneself nothing is told', async () => {
  const line = (actor: string) => ({
    id: 'l1', line: 9, at: '2026-11-30T09:32:00Z', name: 'directory.organisation_changed', outcome: 'done', data: {},
    actor: { kind: 'member', id: actor },
  })
  let last = 1
  const { state, name, user, save } = await page({
    'PATCH /v1/organisation': (_, state) => {
      Object.assign(state.organisation, { name_zh: '云', revision: state.organisation.revision + 1 })
      return { status: 412, body: { status: 412, code: 'directory.changed_meanwhile' } }
    },
    'GET /v1/organisation': (_, state) => ({ status: 200, body: { ...state.organisation } }),
    'GET /v1/audit': (_, state) => ({ status: 200, body: { items: [line(state.members[last]?.id ?? '')] } }),
  })
  await user.type(name, ' Cloud')
  await save()
  const told = await screen.findByText(/Changed by/)
  await waitFor(() => expect(told.textContent).toContain(state.members[1]?.name))
  expect(told.textContent).toMatch(/30 November 2026/)
  last = 0
  await save()
  await waitFor(() => expect(screen.queryByText(/Changed by/)).toBeNull())
  expect(screen.getByText('What they changed:')).toBeTruthy()
})

test('the short name is told, with the address at which people sign in', async () => {
  await page()
  const place = screen.getByRole('region', { name: 'Where people sign in' })
  expect(within(place).getByText('yunwu')).toBeTruthy()
  expect(within(place).getByText(`${location.origin}/sign-in?organisation=yunwu`)).toBeTruthy()
})

test('how long messages are kept is said here and decided under Retention', async () => {
  await page()
  expect(screen.getByText('Messages are kept for', { selector: 'dt' }).nextElementSibling?.textContent).toContain('360 days')
  expect(screen.getByRole('link', { name: 'Change under Retention' }).getAttribute('href')).toBe('/o/yunwu/admin/retention')
})

test('a switch says what was seen; what another one has set meanwhile is shown', async () => {
  const { asked, user } = await page({
    'PATCH /v1/organisation': (_, state) => {
      Object.assign(state.organisation, { lets_people_leave: !state.organisation.lets_people_leave, revision: 6 })
      return { status: 412, body: { status: 412, code: 'directory.changed_meanwhile' } }
    },
    'GET /v1/organisation': (_, state) => ({ status: 200, body: { ...state.organisation } }),
  })
  const leaves = screen.getByRole<HTMLInputElement>('switch', { name: /^People may leave by themselves/ })
  const before = leaves.checked
  await user.click(screen.getByRole('switch', { name: /^Show who is online/ }))
  expect(await screen.findByText(/Somebody else changed this in the meantime/)).toBeTruthy()
  await waitFor(() => expect(leaves.checked).toBe(!before))
  expect(asked.find((call) => call.method === 'PATCH')?.headers.get('if-match')).toBe('"5"')
})

test('whoever leaves with changes is asked first, stays or discards them, and after saving is asked nothing', async () => {
  serve({ 'PATCH /v1/organisation': ({ body }, state) => ({ status: 200, body: { ...Object.assign(state.organisation, body, { revision: 6 }) } }) }, (fresh) => Object.assign(fresh.organisation, { revision: 5 }))
  const { user, router } = await open('/o/yunwu/admin/organisation')
  const name = await screen.findByRole<HTMLInputElement>('textbox', { name: 'Name in English' })
  const follow = () => user.click(screen.getByRole('link', { name: 'Working days' }))
  // What the server trims is saved all the same.
  await user.type(name, ' Cloud ')
  await follow()
  const asks = { name: 'Discard what is not saved?' }
  await user.click(within(await screen.findByRole('alertdialog', asks)).getByRole('button', { name: 'Cancel' }))
  await waitFor(() => expect(screen.queryByRole('alertdialog', asks)).toBeNull())
  expect(router.state.location.pathname).toBe('/o/yunwu/admin/organisation')
  expect(name.value).toMatch(/ Cloud $/)
  await user.click(screen.getAllByRole('button', { name: 'Save' })[0] ?? name)
  await screen.findByText('Saved')
  await waitFor(() => expect(name.value).toMatch(/ Cloud$/))
  await follow()
  await screen.findByRole('heading', { level: 1, name: 'Working days' })

  await user.click(screen.getByRole('link', { name: 'Organisation' }))
  await user.type(await screen.findByRole('textbox', { name: 'Name in English' }), ' more')
  await follow()
  await user.click(within(await screen.findByRole('alertdialog', asks)).getByRole('button', { name: 'Discard' }))
  await screen.findByRole('heading', { level: 1, name: 'Working days' })
})

test('before another name ends that the organisation is verified, one is asked (ORG-05)', async () => {
  const { asked, name, user, save } = await page({ 'GET /v1/verification': () => ({ status: 200, body: verification('verified') }) })
  await screen.findByText(/Verified as/)
  const sent = () => asked.filter((call) => call.method === 'PATCH').length
  await user.clear(name)
  await user.type(name, 'Cloud')
  await save()
  const question = { name: 'Give the organisation another name?' }
  await user.click(within(await screen.findByRole('alertdialog', question)).getByRole('button', { name: 'Cancel' }))
  await waitFor(() => expect(screen.queryByRole('alertdialog', question)).toBeNull())
  expect(sent()).toBe(0)
  await save()
  await user.click(within(await screen.findByRole('alertdialog', question)).getByRole('button', { name: 'Change the name' }))
  await waitFor(() => expect(sent()).toBe(1))
  await waitFor(() => expect(screen.queryByRole('alertdialog', question)).toBeNull())
})

test('nobody is asked about a name that stays', async () => {
  const { asked, user, save } = await page({ 'GET /v1/verification': () => ({ status: 200, body: verification('verified') }) })
  await screen.findByText(/Verified as/)
  await user.type(screen.getByRole('textbox', { name: 'Contact name' }), ' 2')
  await save()
  await waitFor(() => expect(asked.some((call) => call.method === 'PATCH')).toBe(true))
  await screen.findByText('Saved')
  expect(screen.queryByRole('alertdialog', { name: 'Give the organisation another name?' })).toBeNull()
})

test('an administrator sees and changes both names, industry, region and whom to ask, with phone and e-mail (ORG-04)', async () => {
  const { asked, user, save } = await page({
    'GET /v1/organisation': (_, state) => ({ status: 200, body: { ...state.organisation } }),
    'PATCH /v1/organisation': ({ body }, state) => ({ status: 200, body: { ...Object.assign(state.organisation, body, { revision: 6 }) } }),
  })
  const field = (name: string) => screen.getByRole<HTMLInputElement>('textbox', { name })
  const choice = (name: string) => screen.getByRole('button', { name: new RegExp(`${name}$`) })
  expect([field('Name in Chinese').value, field('Name in English').value]).toEqual(['云坞集团', 'Yunwu Group'])
  expect([choice('Industry').textContent, choice('Region').textContent]).toEqual(['Logistics', 'China'])
  const written = { 'Name in Chinese': '云坞', 'Name in English': 'Yunwu', 'Contact name': 'Mara Whitcombe', Phone: '+8613800132200', 'E-mail': 'mara@yunwu.example' }
  for (const [name, value] of Object.entries(written)) {
    await user.clear(field(name))
    await user.type(field(name), value)
  }
  await user.click(choice('Industry'))
  await user.click(await screen.findByRole('option', { name: 'Retail' }))
  await user.click(choice('Region'))
  await user.click(await screen.findByRole('option', { name: 'Spain' }))
  await save()
  await screen.findByText('Saved')
  const sent = asked.filter((call) => call.method === 'PATCH').map(({ url, body }) => [url, body])
  const contact = { name: 'Mara Whitcombe', phone: '+8613800132200', email: 'mara@yunwu.example' }
  expect(sent).toEqual([['/v1/organisation', expect.objectContaining({ name_zh: '云坞', name_en: 'Yunwu', industry: 'retail', region: 'ES', contact })]])
  await waitFor(() => expect([choice('Industry').textContent, choice('Region').textContent]).toEqual(['Retail', 'Spain']))
  for (const [name, value] of Object.entries(written)) expect(field(name).value).toBe(value)
})

test('whoever may not change the organisation is shown no form to do it in (ORG-04)', async () => {
  serve({ 'GET /v1/organisation': (_, state) => ({ status: 200, body: { ...state.organisation, can: { ...state.organisation.can, edit: false } } }) })
  await open('/o/yunwu/admin/organisation')
  expect(await screen.findByRole('region', { name: 'Where people sign in' })).toBeTruthy()
  expect(screen.queryByRole('textbox', { name: 'Name in English' })).toBeNull()
})
