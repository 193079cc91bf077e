import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { problem } from '../../../../mock/handlers'
import { triedImport } from '../../../../mock/imports'
import { open, serve } from '../../../../mock/render'

const list = () => new File(['姓名,手机号\n'], 'people.csv', { type: 'text/csv' })
const input = () => document.querySelector<HTMLInputElement>('input[type=file]') ?? document.createElement('input')

test('a chosen spreadsheet is uploaded and what would happen is shown', async () => {
  const { asked } = serve()
  const { user, router } = await open('/o/yunwu/admin/people/import')
  await screen.findByRole('button', { name: 'Choose a file' })
  await user.upload(input(), list())
  expect(await screen.findByRole('button', { name: 'Import without 1 wrong row' }, { timeout: 5000 })).toBeTruthy()
  expect(router.state.location.pathname).toBe('/o/yunwu/admin/people/import/im1')
  const sent = asked.find((call) => call.method === 'POST' && call.url === '/v1/imports')
  expect(sent?.headers.get('idempotency-key')).toBeNull()
  const problems = await screen.findByRole('table', { name: 'By row and column' }, { timeout: 5000 })
  expect(await within(problems).findByText('The spreadsheet rounded the number; digits are lost')).toBeTruthy()
  expect(within(problems).getByText('B4')).toBeTruthy()
})

test('what was put right is one press away', async () => {
  serve()
  const { user } = await open('/o/yunwu/admin/people/import/im1')
  await user.click(await screen.findByRole('radio', { name: 'Put right (1)' }))
  expect(await screen.findByText('Spaces removed')).toBeTruthy()
})

test('a column that was understood wrongly is changed, and its field is taken from where it was', async () => {
  const { asked } = serve()
  const { user } = await open('/o/yunwu/admin/people/import/im1')
  await user.click(await screen.findByRole('button', { name: /What column D is/ }))
  await user.click(await screen.findByRole('option', { name: 'Phone' }))
  await screen.findByRole('button', { name: /What column D is/ })
  const put = asked.find((call) => call.method === 'PUT')
  expect(put?.body.fields).toEqual(['name', null, 'departments', 'phone'])
})

test('confirming leaves out what is wrong, and the page follows the writing', async () => {
  let state = triedImport()
  const { asked } = serve({
    'GET /v1/imports/{import}': () => ({ status: 200, body: state }),
    'POST /v1/imports/{import}/confirm': () => {
      state = { ...state, state: 'writing', done: 1, total: 3 }
      return { status: 202, body: state }
    },
  })
  const { user } = await open('/o/yunwu/admin/people/import/im1')
  await user.click(await screen.findByRole('button', { name: 'Import without 1 wrong row' }))
  const bar = await screen.findByRole('progressbar', { name: 'People are being written' })
  expect(bar.getAttribute('aria-valuetext')).toBe('1 of 3')
  expect(asked.find((call) => call.url.endsWith('/confirm'))?.body).toEqual({ leaves_out_wrong_rows: true })
  state = { ...state, state: 'done', done: 3, has_result: true }
  expect(await screen.findByRole('button', { name: 'Download once' }, { timeout: 3000 })).toBeTruthy()
})

test('a file that is no spreadsheet is refused in words', async () => {
  serve({ 'POST /v1/imports': () => problem(422, 'invalid', { field: 'file', why: 'not_a_sheet' }) })
  const { user } = await open('/o/yunwu/admin/people/import')
  await screen.findByRole('button', { name: 'Choose a file' })
  await user.upload(input(), list())
  expect((await screen.findByRole('alert')).textContent).toContain('no spreadsheet that can be read')
})
