import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { fieldList } from '../../../../mock/fields'
import { triedImport } from '../../../../mock/imports'
import { open, serve } from '../../../../mock/render'

const REMARK = fieldList.find((field) => field.built_in === 'remark')
const remark = (more: object) => ({ 'GET /v1/fields': () => ({ status: 200, body: { items: fieldList.map((field) => (field === REMARK ? { ...field, ...more } : field)), order: 12, can_create: true } }) })

test('a built-in field that lists fill in is chosen for a column, and only while it is collected (DIR-02)', async () => {
  const { asked } = serve(remark({ is_collected: true }))
  const { user } = await open('/o/yunwu/admin/people/import/im1')
  await user.click(await screen.findByRole('button', { name: /What column D is/ }, { timeout: 5000 }))
  expect(screen.queryByRole('option', { name: 'Birthday' })).toBeNull()
  await user.click(await screen.findByRole('option', { name: 'Remark' }))
  await screen.findByRole('button', { name: /What column D is/ })
  expect(asked.find((call) => call.method === 'PUT')?.body.own_fields).toEqual([null, null, null, REMARK?.id])
})

test('a built-in field that is switched off is not chosen for a column (DIR-03)', async () => {
  serve(remark({ is_collected: false }))
  const { user } = await open('/o/yunwu/admin/people/import/im1')
  await user.click(await screen.findByRole('button', { name: /What column D is/ }, { timeout: 5000 }))
  expect(await screen.findByRole('option', { name: 'Shirt size' })).toBeTruthy()
  expect(screen.queryByRole('option', { name: 'Remark' })).toBeNull()
})

test('a problem names its column by the field, or by what stands above it (DIR-02)', async () => {
  const tried = triedImport()
  const report = { ...tried.report, problems: [{ severity: 'error', code: 'not_a_choice', count: 2 }] }
  const columns = tried.lists.flatMap((list) => list.columns)
  const lists = tried.lists.map((list) => ({ ...list, columns: [...columns, { letter: 'E', title: '尺码', samples: [] }], mapping: { ...list.mapping, fields: [...list.mapping.fields, null], own_fields: [null, null, null, null, 'f-shirt'] } }))
  const found = { kind: 'people', severity: 'error', code: 'not_a_choice' }
  serve({
    'GET /v1/imports/{import}': () => ({ status: 200, body: { ...tried, lists, report } }),
    'GET /v1/imports/{import}/problems': () => ({ status: 200, body: { items: [{ ...found, row: 3, column: 'E', value: 'XXL' }, { ...found, row: 4, column: 'D', value: 'x' }] } }),
  })
  await open('/o/yunwu/admin/people/import/im1')
  const problems = await screen.findByRole('table', { name: 'By row and column' }, { timeout: 5000 })
  const first = (await within(problems).findByText('E3')).closest('tr')
  const second = within(problems).getByText('D4').closest('tr')
  if (!first || !second) throw new Error('no rows')
  expect(await within(first).findByText('Shirt size')).toBeTruthy()
  expect(within(second).getByText('备注')).toBeTruthy()
})
