/** The data map: drawn, narrowed, opened to rule and clause, taken away (C1). */
import { screen, waitFor, within } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { links } from '~/shell/links'
import { compared, composedMap } from '../../../../mock/ownData'
import { open, serve } from '../../../../mock/render'
import { diagramOf } from './diagram'
import { flowsOf, mapSearch } from './filter'

const saved = vi.fn<(content: Blob, name: string) => void>()
vi.mock('~/lib/saveFile', () => ({ saveFile: (content: Blob, name: string) => saved(content, name) }))

const table = () => screen.findByRole('table', { name: 'What is done with personal data' })

test('each purpose says kinds of data, ground, recipients and until when', async () => {
  serve()
  await open('/o/yunwu/admin/data-map')
  const messages = within(await table()).getByRole('rowheader', { name: /^Messages/ }).closest('tr')
  for (const text of ['What people say to each other', 'sensitive', 'Contract, GDPR 6 (1) (b)', 'none', '360 days, as your organisation chose']) expect(messages?.textContent).toContain(text)
  expect(within(await table()).getByRole('rowheader', { name: /^Files/ }).closest('tr')?.textContent).toContain('The object store')
})

test('a node of the drawing leaves the flows through it, and shows everything again', async () => {
  serve()
  const { user } = await open('/o/yunwu/admin/data-map')
  const drawing = within(await screen.findByRole('group', { name: 'Flows of personal data' }))
  await user.click(drawing.getByRole('button', { name: /^The object store/ }))
  await waitFor(async () => expect(within(await table()).getAllByRole('rowheader')).toHaveLength(1))
  expect(drawing.getByRole('button', { name: /^The object store/ }).getAttribute('aria-pressed')).toBe('true')
  await user.click(screen.getByRole('button', { name: 'Show everything' }))
  await waitFor(async () => expect(within(await table()).getAllByRole('rowheader')).toHaveLength(3))
})

test('only sensitive data can be asked for', async () => {
  serve()
  const { user } = await open('/o/yunwu/admin/data-map')
  await user.click(await screen.findByRole('checkbox', { name: 'Only sensitive data' }))
  await waitFor(async () => expect(within(await table()).getAllByRole('rowheader')).toHaveLength(1))
})

test('a purpose opens to its places, each with its rule, and to the clause of the statement', async () => {
  serve()
  const { user } = await open('/o/yunwu/admin/data-map')
  await user.click(await screen.findByRole('button', { name: /^Details: so that the people you write to/ }))
  const sheet = within(await screen.findByRole('dialog', { name: 'Messages' }))
  expect((await sheet.findByRole('link', { name: 'What is stored' })).getAttribute('href')).toBe(`${links.statement()}#what`)
  expect(sheet.getByRole('link', { name: 'RET-09' }).getAttribute('href')).toBe('/o/yunwu/admin/retention')
  expect(sheet.getByText('body (sealed)')).toBeTruthy()
})

test('records are taken away as the server writes them, in the language of the page', async () => {
  const { asked } = serve()
  const { user } = await open('/o/yunwu/admin/data-map')
  await user.click(await screen.findByRole('button', { name: 'Export' }))
  await user.click(await screen.findByRole('menuitem', { name: /Impact assessment/ }))
  await waitFor(() => expect(saved).toHaveBeenCalled())
  expect(asked.some((one) => one.method === 'GET' && one.url === '/v1/data-map/records?format=assessment&language=en')).toBe(true)
  expect(saved.mock.calls.at(-1)?.[1]).toBe('assessment.md')
})

test('the drawing has a node for each thing and a line for each way between two', () => {
  const { nodes, lines, rows } = diagramOf(composedMap.flows, 'place:host')
  expect(nodes.map((column) => column.length)).toEqual([3, 3, 2, 2])
  expect(rows).toBe(3)
  expect(lines.filter((line) => line.isChosen).map((line) => line.id)).toEqual(['subject:named function:files.files', 'function:files.files place:host', 'place:host recipient:files.s3'])
  expect(lines.filter((line) => line.isOut)).toHaveLength(1)
})

test('an address says what is looked at, and nonsense in it is passed over', () => {
  expect(mapSearch({ rule: 'RET-09', sensitive: true, subject: 7, what: 'x' })).toEqual({ rule: 'RET-09', sensitive: true })
  expect(flowsOf(composedMap, { ground: 'cn.legal_duty' }).map((flow) => flow.place)).toEqual(['identity.account'])
  expect(flowsOf(composedMap, { category: 'identity', subject: 'member' })).toHaveLength(1)
})

test('a database that is what the map says is said in one line, and nothing is red', async () => {
  serve()
  await open('/o/yunwu/admin/data-map')
  expect(await screen.findByText(/^The database is what this map says, as of /)).toBeTruthy()
  expect(screen.queryByRole('table', { name: 'Not as this map says' })).toBeNull()
  expect(screen.getByRole('link', { name: 'Data map' })).toBeTruthy()
})

test('what is otherwise is red: at its place, at the node, in the navigation and where the purpose is opened', async () => {
  const drifts = [
    { kind: 'not_sealed', place: 'chat.message.body', table: 'chat.message', of: 'organisation', found: 3, first_at: '2026-11-20T00:00:00Z', last_at: '2026-11-22T00:00:00Z' },
    { kind: 'undeclared', place: 'directory.copy.held', table: 'directory.copy', of: 'installation', found: 1, first_at: '2026-11-20T00:00:00Z', last_at: '2026-11-22T00:00:00Z' },
  ]
  serve({ 'GET /v1/data-map/drifts': () => ({ status: 200, body: { ...compared, drifts } }) })
  const { user } = await open('/o/yunwu/admin/data-map')
  expect(await screen.findByText('2 places are not what this map says')).toBeTruthy()
  const row = within(screen.getByRole('table', { name: 'Not as this map says' })).getByRole('rowheader', { name: 'chat.message.body' }).closest('tr')
  expect(row?.textContent).toContain('3 values are not sealed')
  expect(screen.getByRole('link', { name: /^Data map\s*2 places not as the data map says$/ })).toBeTruthy()
  const drawing = within(screen.getByRole('group', { name: 'Flows of personal data' }))
  expect(drawing.getByRole('button', { name: /^Messages.*1 place not as the data map says/ })).toBeTruthy()
  expect(drawing.getByRole('button', { name: /^Database.*2 places not as the data map says/ })).toBeTruthy()
  await user.click(await screen.findByRole('button', { name: /^Details: so that the people you write to/ }))
  expect(within(await screen.findByRole('dialog', { name: 'Messages' })).getByText('not as this map says')).toBeTruthy()
})

test('a look that was missed is told', async () => {
  serve({ 'GET /v1/data-map/drifts': () => ({ status: 200, body: { ...compared, is_overdue: true } }) })
  await open('/o/yunwu/admin/data-map')
  expect(await screen.findByText(/^The database was last compared with this map on /)).toBeTruthy()
})
