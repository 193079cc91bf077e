import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { fieldList } from '../../../../mock/fields'
import { problem } from '../../../../mock/handlers'
import { giveSize } from '../../../../mock/layout'
import { open, serve } from '../../../../mock/render'

test('what stands in a field is told before it is switched off, and what becomes of it is asked (DIR-03)', async () => {
  const { asked } = serve()
  const { user } = await open('/o/yunwu/admin/fields')
  await user.click(await screen.findByRole('button', { name: 'Actions for Shirt size' }))
  await user.click(screen.getByRole('menuitem', { name: 'Switch off' }))
  const dialog = await screen.findByRole('dialog', { name: 'Switch Shirt size off?' })
  expect(await within(dialog).findByText(/Something stands in this field of 12 people/)).toBeTruthy()
  expect(asked.some((call) => call.method === 'PATCH')).toBe(false)
  await user.click(within(dialog).getByRole('radio', { name: /Erased/ }))
  await user.click(within(dialog).getByRole('button', { name: 'Switch off and erase' }))
  const sent = asked.find((call) => call.method === 'PATCH')
  expect(sent?.body).toEqual({ is_collected: false, stored: 'erased' })
})

test('whoever does not decide about fields is told so, and is offered nothing that would be refused', async () => {
  serve({
    'GET /v1/me': (_, state) => ({ status: 200, body: { ...state.members[1], may_edit: [], may: ['people.see'], has_part: false } }),
    'GET /v1/fields': () => ({ status: 200, body: { items: fieldList, order: 1, can_create: false } }),
  })
  await open('/o/yunwu/admin/fields')
  expect(await screen.findByRole('heading', { level: 2, name: 'Only administrators can open this' })).toBeTruthy()
  expect(screen.getByRole('heading', { level: 1, name: 'Fields' })).toBeTruthy()
  expect(screen.queryByRole('table')).toBeNull()
  expect(screen.queryByRole('button', { name: /^(Move|Actions for|New field)/ })).toBeNull()
})

test('a field is made with names, choices and who sees it (DIR-02)', async () => {
  const { asked } = serve()
  const { user } = await open('/o/yunwu/admin/fields')
  await user.click(await screen.findByRole('button', { name: 'New field' }))
  const dialog = await screen.findByRole('dialog', { name: 'New field' })
  await user.type(within(dialog).getByLabelText('Name of the field (English)'), 'Seat')
  await user.click(within(dialog).getByRole('checkbox', { name: 'Everyone' }))
  await user.click(within(dialog).getByRole('button', { name: 'Make the field' }))
  const sent = asked.find((call) => call.method === 'POST' && call.url === '/v1/fields')
  expect(sent?.body).toMatchObject({ kind: 'text', names: { en: 'Seat' }, seen_by: ['administrators', 'oneself'], edited_by: ['administrators', 'oneself'] })
})

test('positions are a list, and nothing else when it says so (DIR-02)', async () => {
  const { asked } = serve()
  const { user } = await open('/o/yunwu/admin/fields')
  await user.click(await screen.findByRole('button', { name: 'Actions for Position' }))
  await user.click(screen.getByRole('menuitem', { name: 'Change' }))
  const dialog = await screen.findByRole('dialog', { name: 'Change Position' })
  expect(within(dialog).queryByRole('checkbox', { name: /Only what stands in the list/ })).toBeNull()
  await user.type(within(dialog).getByLabelText('What is offered'), 'Foreman{Enter}Welder{Enter}')
  await user.click(within(dialog).getByRole('checkbox', { name: /Only what stands in the list/ }))
  await user.click(within(dialog).getByRole('button', { name: 'Save' }))
  expect(asked.find((call) => call.method === 'PATCH')?.body).toEqual({ listed: ['Foreman', 'Welder'], only_listed: true })
})

test('where only the list may stand one chooses from it, and what somebody has is offered too', async () => {
  giveSize()
  const list = fieldList.map((field) => (field.built_in === 'position' ? { ...field, listed: ['Foreman', 'Welder'], only_listed: true } : field))
  serve({ 'GET /v1/fields': () => ({ status: 200, body: { items: list, can_create: true } }) }, (state) => {
    for (const member of state.members) member.position = 'Wizard'
  })
  const { user } = await open('/o/yunwu/admin/people')
  await user.click(await screen.findByRole('button', { name: 'Actions for 陆行舟' }))
  await user.click(screen.getByRole('menuitem', { name: 'Change' }))
  const dialog = await screen.findByRole('dialog', { name: 'Change 陆行舟' })
  await user.click(within(dialog).getByRole('button', { name: /Position/ }))
  expect((await screen.findAllByRole('option')).map((one) => one.textContent)).toEqual(['Nothing', 'Wizard', 'Foreman', 'Welder'])
})

test('whoever saves second is told of the first', async () => {
  serve({ 'PATCH /v1/fields/{field}': () => problem(412, 'directory.changed_meanwhile') })
  const { user } = await open('/o/yunwu/admin/fields')
  await user.click(await screen.findByRole('button', { name: 'Actions for Phone' }))
  await user.click(screen.getByRole('menuitem', { name: 'Change' }))
  await user.click(within(await screen.findByRole('dialog', { name: 'Change Phone' })).getByRole('button', { name: 'Save' }))
  expect(await screen.findByText(/Somebody else changed this in the meantime/)).toBeTruthy()
})

test('what the first decided is shown to the second, who sends no more than they touched', async () => {
  const items = structuredClone(fieldList)
  let tries = 0
  const { asked } = serve({
    'GET /v1/fields': () => ({ status: 200, body: { items, can_create: true } }),
    'PATCH /v1/fields/{field}': ({ path }) => {
      const field = items.find((one) => one.id === path.field)
      tries += 1
      if (tries > 1) return { status: 200, body: field }
      Object.assign(field ?? {}, { revision: 5, seen_by: ['administrators', 'oneself'] })
      return problem(412, 'directory.changed_meanwhile')
    },
  })
  const { user } = await open('/o/yunwu/admin/fields')
  await user.click(await screen.findByRole('button', { name: 'Actions for Staff number' }))
  await user.click(screen.getByRole('menuitem', { name: 'Change' }))
  const dialog = await screen.findByRole('dialog', { name: 'Change Staff number' })
  await user.click(within(dialog).getByRole('checkbox', { name: /Show only its beginning and end/ }))
  await user.click(within(dialog).getByRole('button', { name: 'Save' }))
  const [line] = await within(dialog).findAllByText('Seen by', { selector: 'dt' })
  expect(line?.nextElementSibling?.textContent).toBe('Administrators of the person and the person themselves')
  await user.click(within(dialog).getByRole('button', { name: 'Save' }))
  const sent = asked.filter((call) => call.method === 'PATCH')
  expect(sent.map((call) => call.body)).toEqual([{ is_masked: true }, { is_masked: true }])
  expect(sent.map((call) => call.headers.get('if-match'))).toEqual(['"0"', '"5"'])
})

test('one fills in the fields that are one\'s own to change (DIR-09, DIR-10)', async () => {
  const { asked } = serve()
  const { user } = await open('/o/yunwu/settings/profile')
  await user.click(await screen.findByRole('button', { name: /Shirt size/ }))
  await user.click(screen.getByRole('option', { name: 'Large' }))
  const form = screen.getByLabelText('Signature').closest('form')
  await user.click(within(form ?? document.body).getByRole('button', { name: 'Save' }))
  const sent = asked.find((call) => call.method === 'PATCH' && call.url === '/v1/me')
  expect(sent?.body).toMatchObject({ values: { 'f-shirt': 'l' } })
  expect(screen.queryByLabelText('Remark')).toBeNull()
})

test('whoever moves a field in an order that is not the newest is shown that one, and nothing is moved', async () => {
  let items = fieldList
  const { asked } = serve({
    'GET /v1/fields': () => ({ status: 200, body: { items, order: items === fieldList ? 12 : 13, can_create: true } }),
    'PUT /v1/field-order': () => {
      items = fieldList.toReversed()
      return problem(412, 'directory.changed_meanwhile')
    },
  })
  const { user } = await open('/o/yunwu/admin/fields')
  const table = await screen.findByRole('table', { name: 'Fields' })
  const first = () => within(table).getAllByRole('button', { name: /^Move .* up$/ })[0]?.getAttribute('aria-label')
  const before = first()
  await user.click(within(table).getAllByRole('button', { name: /^Move .* down$/ })[0] ?? table)
  expect(await screen.findByText(/Somebody else changed this in the meantime/)).toBeTruthy()
  await waitFor(() => expect(first()).not.toBe(before))
  const sent = asked.find((call) => call.method === 'PUT')
  expect(sent?.headers.get('if-match')).toBe('"12"')
  const ids = fieldList.map((field) => field.id)
  expect(sent?.body).toEqual({ field_ids: [ids[1], ids[0], ...ids.slice(2)] })
})

test('of a name that was changed in another language that language is told', async () => {
  const items = structuredClone(fieldList)
  serve({
    'GET /v1/fields': () => ({ status: 200, body: { items, can_create: true } }),
    'PATCH /v1/fields/{field}': ({ path }) => {
      const field = items.find((one) => one.id === path.field)
      Object.assign(field ?? {}, { revision: 5, names: { en: 'Shirt size', 'zh-CN': '衣服尺寸' } })
      return problem(412, 'directory.changed_meanwhile')
    },
  })
  const { user } = await open('/o/yunwu/admin/fields')
  await user.click(await screen.findByRole('button', { name: 'Actions for Shirt size' }))
  await user.click(screen.getByRole('menuitem', { name: 'Change' }))
  const dialog = await screen.findByRole('dialog', { name: 'Change Shirt size' })
  await user.click(within(dialog).getByRole('checkbox', { name: 'Leaders of the person' }))
  await user.click(within(dialog).getByRole('button', { name: 'Save' }))
  const [line] = await within(dialog).findAllByText('Name of the field', { selector: 'dt' })
  expect(line?.nextElementSibling?.textContent).toBe('衣服尺寸 (简体中文)')
})
