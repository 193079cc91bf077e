import { screen, within } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
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
  expect(sent?.headers.get('tulou-file-name')).toBe('people.csv')
  const problems = await screen.findByRole('table', { name: 'By row and column' }, { timeout: 5000 })
  expect(await within(problems).findByText('The spreadsheet rounded the number; digits are lost')).toBeTruthy()
  expect(within(problems).getByText('B4')).toBeTruthy()
})

test('what was put right is one press away', async () => {
  serve()
  const { user } = await open('/o/yunwu/admin/people/import/im1')
  await user.click(await screen.findByRole('radio', { name: 'Good to know (1)' }))
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
  expect(put?.body.own_fields).toEqual([null, null, null, null])
})

test('a column that says whom people report to is told to be left out, with what would take it', async () => {
  const tried = triedImport()
  const lists = tried.lists.map((list) => ({ ...list, columns: list.columns.map((column) => (column.letter === 'D' ? { ...column, title: '直属上级', is_supervisor: true } : column)) }))
  serve({ 'GET /v1/imports/{import}': () => ({ status: 200, body: { ...tried, lists } }) })
  await open('/o/yunwu/admin/people/import/im1')
  const chosen = await screen.findByRole('button', { name: /What column D is/ }, { timeout: 5000 })
  expect(chosen.textContent).toContain('not imported')
  expect(screen.getByText(/^Tulou keeps who leads a department, not whom each person reports to/)).toBeTruthy()
})

test('what is wrong with a cell of leaders says that the department keeps those it has (DIR-04)', async () => {
  const tried = triedImport()
  const report = { ...tried.report, problems: [{ severity: 'warning', code: 'person_ambiguous', count: 2 }] }
  const lists = tried.lists.map((list) => ({ ...list, file_name: '部门.csv' }))
  const found = { row: 3, column: 'D', severity: 'warning', code: 'person_ambiguous', value: '张伟' }
  serve({
    'GET /v1/imports/{import}': () => ({ status: 200, body: { ...tried, lists, report } }),
    'GET /v1/imports/{import}/problems': () => ({ status: 200, body: { items: [{ ...found, kind: 'departments', field: 'leaders' }, { ...found, kind: 'people', field: 'own' }] } }),
  })
  await open('/o/yunwu/admin/people/import/im1')
  const problems = await screen.findByRole('table', { name: 'By row and column' }, { timeout: 5000 })
  const cells = await within(problems).findAllByText(/^Several people are called so/)
  expect(cells.map((cell) => cell.textContent.endsWith('; the department keeps its leaders'))).toEqual([true, false])
  expect(screen.getByText('File: 部门.csv')).toBeTruthy()
})

test('what is somebody else\'s says whose it is, where that is known (DIR-04)', async () => {
  const found = { kind: 'people', column: 'B', field: 'phone', severity: 'error', code: 'belongs_to_somebody_else', value: '+8613800138001' }
  serve({ 'GET /v1/imports/{import}/problems': () => ({ status: 200, body: { items: [{ ...found, row: 4, whom: '张一' }, { ...found, row: 5 }] } }) })
  await open('/o/yunwu/admin/people/import/im1')
  const problems = await screen.findByRole('table', { name: 'By row and column' }, { timeout: 5000 })
  expect(await within(problems).findByText('A colleague has this already: 张一')).toBeTruthy()
  expect(within(problems).getByText('A colleague has this already')).toBeTruthy()
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
  expect(asked.find((call) => call.url.endsWith('/confirm'))?.body).toEqual({ leaves_out_wrong_rows: true, lets_many_leave: false })
  state = { ...state, state: 'done', done: 3, has_result: true }
  expect(await screen.findByRole('button', { name: 'Download once' }, { timeout: 3000 })).toBeTruthy()
})

test.each([
  ['no spreadsheet', 'not_a_sheet', 'people.csv: This is no spreadsheet that can be read: XLSX, XLS or CSV.'],
  ['empty, which is not that nothing was given,', 'is_empty', 'people.csv: The file is empty.'],
])('a file that is %s is refused in words', async (_, why, words) => {
  serve({ 'POST /v1/imports': () => problem(422, 'invalid', { field: 'file', why }) })
  const { user } = await open('/o/yunwu/admin/people/import')
  await screen.findByRole('button', { name: 'Choose a file' })
  await user.upload(input(), list())
  expect((await screen.findByRole('alert')).textContent).toBe(words)
})

test('where departments go by IDs nobody knows, the list that says more is one press away', async () => {
  const tried = triedImport()
  const unknown = { severity: 'error' as const, code: 'department_unknown', count: 3 }
  let state = { ...tried, report: { ...tried.report, problems: [unknown, ...tried.report.problems] } }
  serve({ 'GET /v1/imports/{import}': () => ({ status: 200, body: state }) })
  const scrolled = vi.fn()
  Element.prototype.scrollIntoView = scrolled
  const { user } = await open('/o/yunwu/admin/people/import/im1')
  const problems = await screen.findByRole('region', { name: 'By row and column' })
  const link = within(problems).getByRole('link', { name: 'Add the list of departments' })
  scrolled.mockClear()
  await user.click(link)
  const place = screen.getByRole('region', { name: 'Add the list of departments' })
  expect(document.activeElement).toBe(place)
  expect(scrolled.mock.contexts[0]).toBe(place)
  await user.click(screen.getByRole('radio', { name: 'Good to know (1)' }))
  expect(screen.queryByRole('link', { name: 'Add the list of departments' })).toBeNull()
  const [people] = tried.lists
  if (!people) throw new Error('no list')
  state = { ...state, id: 'im2', lists: [people, { ...people, mapping: { ...people.mapping, kind: 'departments' } }] }
  await open('/o/yunwu/admin/people/import/im2')
  const both = await screen.findAllByRole('region', { name: 'By row and column' })
  expect(within(both.at(-1) ?? problems).queryByRole('link', { name: 'Add the list of departments' })).toBeNull()
})

test('whoever left the page finds the import again, and until when its result can be fetched', async () => {
  serve()
  const { user, router } = await open('/o/yunwu/admin/people/import')
  const mine = await screen.findByRole('table', { name: 'Your imports' }, { timeout: 5000 })
  expect(within(mine).getByText(/^result can be fetched until /)).toBeTruthy()
  expect(within(mine).getByText('tried, not written')).toBeTruthy()
  expect(within(mine).getByText('花名册.xlsx · departments.csv')).toBeTruthy()
  const [, waiting] = within(mine).getAllByRole('link', { name: / the import of / })
  if (!waiting) throw new Error('two imports are listed')
  await user.click(waiting)
  await expect.poll(() => router.state.location.pathname).toBe('/o/yunwu/admin/people/import/im0')
})

test('who is changed is shown with what was there before, and one outcome at a time', async () => {
  serve()
  const { user } = await open('/o/yunwu/admin/people/import/im1')
  const people = await screen.findByRole('table', { name: 'People, one by one' }, { timeout: 5000 })
  expect(await within(people).findByText('陆行舟（新）', { selector: 'ins' }, { timeout: 5000 })).toBeTruthy()
  expect(within(people).getByText('研发部', { selector: 'del' })).toBeTruthy()
  expect(within(people).queryByText('顾南枝')).toBeNull()
  await user.click(screen.getByRole('button', { name: /What becomes of them/ }))
  await user.click(await screen.findByRole('option', { name: 'new (3)' }))
  const everybody = await screen.findByRole('table', { name: 'People, one by one' }, { timeout: 5000 })
  const somebodyNew = await within(everybody).findByRole('row', { name: /顾南枝/ }, { timeout: 5000 })
  expect(within(somebodyNew).getByText('Leads the department')).toBeTruthy()
  expect(within(somebodyNew).getAllByText('研发中心 / 质量').map((one) => one.tagName), 'where they will be, and what they lead there').toEqual(['SPAN', 'INS'])
  expect(within(await screen.findByRole('table', { name: 'Departments, one by one' }, { timeout: 5000 })).getByText('产品', { selector: 'del' })).toBeTruthy()
})

test('a department that only changes its place is shown with both places, and its name once', async () => {
  serve()
  await open('/o/yunwu/admin/people/import/im1')
  const table = await screen.findByRole('table', { name: 'Departments, one by one' }, { timeout: 5000 })
  const row = (await within(table).findByText('财务部', undefined, { timeout: 5000 })).closest('tr')
  if (!row) throw new Error('no row')
  expect(within(row).getByText('3', { selector: 'del' })).toBeTruthy()
  expect(within(row).getByText('1', { selector: 'ins' })).toBeTruthy()
  expect(within(row).queryByText('财务部', { selector: 'del' })).toBeNull()
  expect(within(row).getByText('changes')).toBeTruthy()
})

test.each([[2, true], [0, false]])('an import that made %i accounts speaks of passwords: %s (ACC-06)', async (created, speaks) => {
  const tried = triedImport()
  const report = { ...tried.report, counts: { ...tried.report.counts, created } }
  serve({ 'GET /v1/imports/{import}': () => ({ status: 200, body: { ...tried, report, state: 'done', has_result: true } }) })
  await open('/o/yunwu/admin/people/import/im1')
  await screen.findByRole('button', { name: 'Download once' }, { timeout: 5000 })
  const result = screen.getByRole('region', { name: speaks ? 'Result and initial passwords' : 'Result' })
  expect(/password|sign in/i.test(result.textContent)).toBe(speaks)
})

test('a download is confirmed only when it has arrived', async () => {
  let cuts = true
  const { asked } = serve({
    'GET /v1/imports/{import}': () => ({ status: 200, body: { ...triedImport(), state: 'done', has_result: true } }),
    'POST /v1/imports/{import}/result': () => (cuts ? problem(503, 'stopping', {}) : { status: 200, body: 'a file', headers: { 'content-disposition': "attachment; filename*=UTF-8''%E8%8A%B1-result.csv" } }),
  })
  const { user } = await open('/o/yunwu/admin/people/import/im1')
  await user.click(await screen.findByRole('button', { name: 'Download once' }))
  await screen.findByRole('alert')
  expect(asked.some((call) => call.method === 'DELETE')).toBe(false)
  cuts = false
  globalThis.URL.createObjectURL = () => 'blob:here'
  globalThis.URL.revokeObjectURL = () => undefined
  const saved = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined)
  await user.click(screen.getByRole('button', { name: 'Download once' }))
  await expect.poll(() => asked.some((call) => call.method === 'DELETE' && call.url === '/v1/imports/im1/result')).toBe(true)
  expect(saved.mock.contexts.map((link) => link instanceof HTMLAnchorElement && link.download)).toEqual(['花-result.csv'])
})

test('the row with the titles is chosen among the first rows, and the columns are guessed anew', async () => {
  const { asked } = serve()
  const { user } = await open('/o/yunwu/admin/people/import/im1')
  await user.click(await screen.findByRole('button', { name: /Row with the titles/ }))
  await user.click(await screen.findByRole('option', { name: 'Row 1: 公司花名册' }))
  await expect.poll(() => asked.find((call) => call.method === 'PUT')?.body).toMatchObject({ header_row: 1, fields: [], own_fields: [] })
  await user.click(await screen.findByRole('button', { name: /Row with the titles/ }))
  await user.click(await screen.findByRole('option', { name: 'None: the list begins at once' }))
  await expect.poll(() => asked.filter((call) => call.method === 'PUT').at(-1)?.body).toMatchObject({ header_row: null, fields: [], own_fields: [] })
  await user.click(await screen.findByRole('button', { name: /^(在职 )?Sheet/ }))
  await user.click(await screen.findByRole('option', { name: '离职' }))
  await expect.poll(() => asked.filter((call) => call.method === 'PUT').at(-1)?.body).toMatchObject({ sheet: 1, header_row: 0, fields: [], own_fields: [] })
})

test('departments that sound alike are to be decided, and the existing ones are one press away', async () => {
  const { asked } = serve()
  const { user } = await open('/o/yunwu/admin/people/import/im1')
  expect(await screen.findByRole('radio', { name: 'To decide (1)' })).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Use the existing ones' }))
  await expect.poll(() => asked.find((call) => call.method === 'PUT')?.body.joins_alike).toBe(true)
})

test('what is too large is told with the limit', async () => {
  serve({ 'POST /v1/imports': () => problem(413, 'too_large', {}) })
  const { user } = await open('/o/yunwu/admin/people/import')
  await screen.findByRole('button', { name: 'Choose a file' })
  await user.upload(input(), list())
  expect((await screen.findByRole('alert')).textContent).toContain('at most 32 MB')
})

test('what is wrong stands before what would happen to each, and the card of wrong rows leads there', async () => {
  serve()
  const scrolled = vi.fn()
  Element.prototype.scrollIntoView = scrolled
  const { user } = await open('/o/yunwu/admin/people/import/im1')
  const people = await screen.findByRole('table', { name: 'People, one by one' }, { timeout: 5000 })
  const problems = screen.getByRole('region', { name: 'By row and column' })
  expect(problems.compareDocumentPosition(people) & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy()
  await user.click(screen.getByRole('radio', { name: 'Good to know (1)' }))
  await screen.findByText('Spaces removed')
  // The entry of the navigation scrolled into sight when the page opened.
  scrolled.mockClear()
  await user.click(screen.getByRole('link', { name: 'See what is wrong' }))
  expect(document.activeElement).toBe(problems)
  expect(scrolled.mock.contexts[0]).toBe(problems)
  expect(await within(problems).findByText('The spreadsheet rounded the number; digits are lost')).toBeTruthy()
})
