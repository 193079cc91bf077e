import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { audit } from '../../../../mock/records'
import { open, serve, typeDay } from '../../../../mock/render'
import { auditSearch, filterOf } from './filter'

test('what an administrator did is an instruction, with its rule, address and device (ADM-02, ADM-06)', async () => {
  serve()
  const { user } = await open('/o/yunwu/admin/audit')
  const table = await screen.findByRole('table', { name: 'Audit log' })
  expect(within(table).getByText('instruction')).toBeTruthy()
  await user.click(within(table).getByRole('button', { name: 'Details: Person suspended' }))
  const dialog = screen.getByRole('dialog', { name: 'Person suspended' })
  expect(within(dialog).getByText('Suspend people')).toBeTruthy()
  expect(within(dialog).getByText('192.0.2.7')).toBeTruthy()
  expect(within(dialog).getByText('Firefox · Windows')).toBeTruthy()
})

test('why something was refused is said in words, and what has none by its code (ADM-02)', async () => {
  const entries = ['identity.wrong_credentials', 'somewhere.new'].map((code, index) => ({ ...audit[2], id: `r${index}`, line: 20 - index, name: 'signIn', outcome: 'refused', code, data: {} }))
  serve({ 'GET /v1/audit': () => ({ status: 200, body: { items: entries } }) })
  const { user } = await open('/o/yunwu/admin/audit')
  const table = await screen.findByRole('table', { name: 'Audit log' })
  for (const [index, words] of ['Wrong password', 'somewhere.new'].entries()) {
    const button = within(table).getAllByRole('button', { name: /^Details: / })[index]
    if (button) await user.click(button)
    const dialog = screen.getByRole('dialog')
    expect(within(dialog).getByText('Reason').nextSibling?.textContent).toBe(words)
    await user.keyboard('{Escape}')
  }
})

test('a region is called by its name, before and after', async () => {
  const entry = { ...audit[2], id: 'a9', line: 9, outcome: 'done', code: null, data: { fields: ['region'], before: { region: 'CN-33' }, after: { region: 'TW' } } }
  serve({ 'GET /v1/audit': () => ({ status: 200, body: { items: [entry] } }) })
  const { user } = await open('/o/yunwu/admin/audit')
  const table = await screen.findByRole('table', { name: 'Audit log' })
  await user.click(within(table).getByRole('button', { name: /^Details: / }))
  expect(within(screen.getByRole('dialog')).getByText('China · Zhejiang → Taiwan')).toBeTruthy()
})

test('a filter goes to the server and into the address', async () => {
  const { asked } = serve()
  const { user } = await open('/o/yunwu/admin/audit')
  await user.click(await screen.findByRole('checkbox', { name: 'Only what was refused' }))
  await screen.findByRole('button', { name: 'Show everything' })
  expect(asked.some((call) => call.url.startsWith('/v1/audit?') && call.url.includes('is_refused=true'))).toBe(true)
})

test('a day is asked for once its year is whole, and not for every figure of it', async () => {
  const { asked } = serve()
  const { user, router } = await open('/o/yunwu/admin/audit')
  await typeDay(user, await screen.findByRole('group', { name: 'From' }), '02112026')
  await waitFor(() => expect(router.state.location.search).toEqual({ from: '2026-11-02' }))
  const days = asked.filter((call) => call.url.includes('from=')).map((call) => new URL(call.url, 'http://x').searchParams.get('from'))
  expect(new Set(days)).toEqual(new Set([new Date(2026, 10, 2).toISOString()]))
})

test('only what makes sense is read out of an address, and days are whole', () => {
  const search = auditSearch({ actor: 'a', from: '2026-11-02', until: '2026-02-30', refused: 'yes' })
  expect(search).toEqual({ actor: 'a', from: '2026-11-02' })
  expect(filterOf({ from: '2026-11-02', until: '2026-11-02' })).toEqual({ from: new Date(2026, 10, 2).toISOString(), until: new Date(2026, 10, 3).toISOString() })
})

test('which application was switched stands in the line, by its name (ADM-04)', async () => {
  const entry = { ...audit[1], id: 'a8', line: 8, name: 'applications.application_decided', data: { application: 'contacts', before: { open_to: 'everybody' }, after: { open_to: 'nobody' } } }
  serve({ 'GET /v1/audit': () => ({ status: 200, body: { items: [entry] } }) })
  const { user } = await open('/o/yunwu/admin/audit')
  const table = await screen.findByRole('table', { name: 'Audit log' })
  expect(within(table).getByRole('cell', { name: 'Contacts' })).toBeTruthy()
  await user.click(within(table).getByRole('button', { name: /^Details: / }))
  expect(within(screen.getByRole('dialog')).getAllByText('Contacts').length).toBe(2)
})
