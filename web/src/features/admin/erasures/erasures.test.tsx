import { screen, waitFor, within } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { open, serve } from '../../../../mock/render'

const saved = vi.fn<(content: Blob, name: string) => void>()
vi.mock('~/lib/saveFile', () => ({ saveFile: (content: Blob, name: string) => saved(content, name) }))

test('an administrator sees what was erased, how much and when, and of whom nobody can tell (RET-03)', async () => {
  serve()
  await open('/o/yunwu/admin/erasures')
  const table = await screen.findByRole('table', { name: 'Erasures' })
  const person = within(table).getByRole('rowheader', { name: 'A person' }).closest('tr')
  expect(person?.textContent).toContain('1,204')
  expect(person?.textContent).toContain('Period after leaving RET-08')
  expect(within(table).getByRole('rowheader', { name: 'Messages past their time' })).toBeTruthy()
})

test('a certificate is downloaded as the server gave it (RET-03)', async () => {
  const { asked } = serve()
  const { user } = await open('/o/yunwu/admin/erasures')
  await user.click(await screen.findByRole('button', { name: /^Download certificate: A person, / }))
  await waitFor(() => expect(saved).toHaveBeenCalled())
  expect(asked.some((call) => call.url === '/v1/erasure/receipts/1/certificate')).toBe(true)
  const [file, name] = saved.mock.calls.at(-1) ?? []
  expect(name).toBe('erasure-1.json')
  expect(file?.type).toBe('application/json')
})

test('the key of the log and a checkpoint are there to be kept outside (RET-03)', async () => {
  serve()
  const { user } = await open('/o/yunwu/admin/erasures')
  expect(await screen.findByText(/^tulou\/erasures\//)).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Download checkpoint' }))
  expect(saved.mock.calls.at(-1)?.[1]).toBe('erasures-2.checkpoint')
})

test('where nothing was erased yet it is said when something will be', async () => {
  serve({ 'GET /v1/erasure/receipts': () => ({ status: 200, body: { items: [] } }) })
  await open('/o/yunwu/admin/erasures')
  expect(await screen.findByText('Nothing was erased in the last 180 days')).toBeTruthy()
})

test('a list that cannot be read says so', async () => {
  serve({ 'GET /v1/erasure/receipts': () => ({ status: 403, body: { status: 403, code: 'forbidden', title: 'Forbidden' } }) })
  await open('/o/yunwu/admin/erasures')
  await waitFor(() => expect(screen.queryByRole('table')).toBeNull())
  expect(await screen.findByRole('heading', { name: 'Erasures' })).toBeTruthy()
})
