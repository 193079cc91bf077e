/** The palette by keyboard: opened anywhere, ruled from its field, and leading where it says (SRCH-01, SRCH-03). */
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { open, serve } from '../../../../mock/render'
import { departments } from '../../../../mock/company'
import { problem } from '../../../../mock/handlers'
import { find, stopFinding } from '~/shell/finding'
import { provideSearch } from '../testing'
import { shortcuts } from '../shortcuts'
import { sigilOf } from './sigil'

provideSearch()

async function opened(own = {}) {
  const served = serve(own)
  const shown = await open('/o/yunwu/people')
  await screen.findByRole('heading', { level: 1 })
  await shown.user.keyboard('{Control>}k{/Control}')
  const field = await screen.findByRole('combobox', { name: 'Search' })
  return { ...served, ...shown, field }
}

const options = () => screen.queryAllByRole('option')
const meant = () => screen.queryAllByRole('option').filter((option) => option.getAttribute('aria-selected') === 'true')
const asked = (all: { method: string; url: string }[], path: string) => all.filter((call) => call.url.startsWith(path))

test('Ctrl K opens it with the keyboard in its field, and closes it', async () => {
  const { user, field } = await opened()
  expect(document.activeElement).toBe(field)
  expect(screen.getByRole('dialog', { name: 'Search' })).toBeTruthy()
  await user.keyboard('{Control>}k{/Control}')
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
})

test('what can be gone to is listed while nothing is looked for, and no line is meant before somebody moves', async () => {
  const { user, field, router } = await opened()
  await waitFor(() => expect(options().map((option) => option.textContent)).toContain('Audit logAdministration'))
  expect(meant()).toEqual([])
  expect(field.getAttribute('aria-activedescendant')).toBeNull()
  await user.keyboard('{ArrowDown}')
  expect(meant()).toHaveLength(1)
  expect(field.getAttribute('aria-activedescendant')).toBe(meant()[0]?.id)
  await user.keyboard('{ArrowUp}')
  expect(meant()[0]).toBe(options().at(-1))
  await user.clear(field)
  await user.type(field, 'shebei')
  expect(meant().map((option) => option.textContent)).toEqual(['Devices and sign-insSettings'])
  await user.keyboard('{Enter}')
  await waitFor(() => expect(router.state.location.pathname).toBe('/o/yunwu/settings/devices'))
  expect(screen.queryByRole('dialog')).toBeNull()
})

test('one question is asked once the fingers rest, and what was found leads to the message', async () => {
  const { user, field, router, asked: all } = await opened()
  await user.type(field, '冷链')
  const hit = await screen.findByRole('option', { name: /冷链 ?单独走/ })
  expect(within(hit).getByText('冷链').tagName).toBe('MARK')
  const questions = asked(all, '/v1/messages/search').filter((call) => call.url.includes('kind=text'))
  expect(questions).toHaveLength(1)
  await user.click(hit)
  await waitFor(() => expect(router.state.location.href).toMatch(/\/messages\/c01\?at=6$/))
  await waitFor(() => expect(asked(all, '/v1/search/words').some((call) => call.method === 'POST')).toBe(true))
})

test('a department and a person are found by name, and the groups are in their order', async () => {
  const { user, field } = await opened()
  await user.type(field, '产品')
  await screen.findByRole('group', { name: 'Conversations' })
  const groups = screen.getAllByRole('group').map((group) => group.getAttribute('aria-label'))
  expect(groups.filter((name) => ['Functions', 'People', 'Departments', 'Conversations', 'Messages', 'Files'].includes(name ?? ''))).toEqual(['Departments', 'Conversations'])
  await user.clear(field)
  await user.type(field, 'lin.yuan'.replace('.', ''))
  expect(await screen.findByRole('option', { name: /林予安/ })).toBeTruthy()
})

test('a department the server knows by its sound, or in other writing, is found too, and once', async () => {
  const all = departments()
  const { user, field } = await opened({ 'GET /v1/departments': ({ query }: { query: URLSearchParams }) => ({ status: 200, body: { items: all.filter((one) => !query.has('query') || (one.name === '产品设计' && ['cpsj', '產品設計', '设计'].includes(query.get('query') ?? ''))) } }) })
  for (const words of ['cpsj', '產品設計', '设计']) {
    await user.clear(field)
    await user.type(field, words)
    const found = await screen.findByRole('group', { name: 'Departments' })
    expect(within(found).getAllByRole('option').map((option) => option.textContent)).toEqual([expect.stringContaining('产品设计')])
  }
})

test('> lists functions only and @ people only', async () => {
  const { user, field, asked: all } = await opened()
  await user.type(field, '>')
  expect(options().every((option) => option.textContent !== '' && !option.textContent?.startsWith('All results'))).toBe(true)
  await user.clear(field)
  await user.type(field, '@何')
  await screen.findByRole('option', { name: /何 ?小满/ })
  expect(asked(all, '/v1/messages/search')).toEqual([])
})

test('from: lists people; the chosen one is a filter, taken away by Backspace', async () => {
  const { user, field, asked: all } = await opened()
  await user.type(field, '冷链 from:沈')
  await screen.findByRole('group', { name: 'Sent by' })
  await user.keyboard('{Enter}')
  await waitFor(() => expect(all.some((call) => call.url.includes('from=0192f7a0') && call.url.includes('kind=text'))).toBe(true))
  expect(field).toHaveProperty('value', '冷链 ')
  expect(screen.getByRole('button', { name: 'Remove the filter: Sent by' })).toBeTruthy()
  await user.keyboard('{Home}{Backspace}')
  expect(screen.queryByRole('button', { name: 'Remove the filter: Sent by' })).toBeNull()
})

test('dates and kinds become filters as soon as they are written', async () => {
  const { user, field, asked: all } = await opened()
  await user.type(field, 'kind:picture before:2026-11-05 ')
  expect(field).toHaveProperty('value', '')
  expect(screen.getByRole('button', { name: 'Remove the filter: Kind' })).toBeTruthy()
  await waitFor(() => expect(all.some((call) => call.url.includes('kind=picture') && call.url.includes('until=2026-11-0'))).toBe(true))
  await user.type(field, 'before:tomorrowish ')
  expect(await screen.findByText(/is no day/)).toBeTruthy()
})

test('recent searches are listed, looked for again, forgotten one by one and all at once, and undone', async () => {
  const { user, field, state } = await opened()
  await screen.findByRole('option', { name: '冷链' })
  await user.keyboard('{ArrowDown}{Delete}')
  await waitFor(() => expect(screen.queryByRole('option', { name: '冷链' })).toBeNull())
  expect(state.words.map((word) => word.text)).toEqual(['carrier contract', '年假结转'])
  await user.click(screen.getByRole('button', { name: 'Undo' }))
  await screen.findByRole('option', { name: '冷链' })
  await user.click(screen.getByRole('button', { name: 'Forget “年假结转”' }))
  await waitFor(() => expect(state.words.map((word) => word.text)).toEqual(['冷链', 'carrier contract']))
  await user.click(screen.getByRole('button', { name: 'Forget all' }))
  await waitFor(() => expect(state.words).toEqual([]))
  await user.type(field, '冷链')
  await screen.findByRole('option', { name: /冷链 ?单独走/ })
  expect(state.words).toEqual([])
})

test('Enter before the answer does not open what an earlier question found', async () => {
  const { user, field, router } = await opened()
  await user.type(field, '月台')
  await screen.findByRole('option', { name: /月台 ?六点半/ })
  fireEvent.change(field, { target: { value: '冷链' } })
  await user.keyboard('{Enter}')
  await waitFor(() => expect(router.state.location.pathname).toBe('/o/yunwu/search'))
  expect(router.state.location.search).toMatchObject({ q: '冷链' })
})

test('what is pointed at is opened, whatever is being asked meanwhile', async () => {
  const { user, field, router } = await opened()
  await user.type(field, '月台')
  const hit = await screen.findByRole('option', { name: /月台 ?六点半/ })
  fireEvent.change(field, { target: { value: '月台六' } })
  fireEvent.click(hit)
  await waitFor(() => expect(router.state.location.pathname).toBe('/o/yunwu/messages/c01'))
})

test('nothing is asked while an input method composes', async () => {
  const { field, asked: all } = await opened()
  fireEvent.compositionStart(field)
  fireEvent.change(field, { target: { value: 'leng' } })
  fireEvent.keyDown(field, { key: 'Enter', isComposing: true })
  fireEvent.change(field, { target: { value: '冷' } })
  fireEvent.compositionEnd(field)
  await screen.findByRole('option', { name: /冷 ?链单独走/ })
  expect(all.filter((call) => call.url.includes('leng'))).toEqual([])
})

test('being asked to wait is said with the time, and can be repeated', async () => {
  let isBusy = true
  const { user, field } = await opened({ 'GET /v1/messages/search': () => (isBusy ? problem(429, 'rate.limited', { retry_after_s: 7 }) : { status: 200, body: { hits: [] } }) })
  await user.type(field, 'zzz')
  expect(await screen.findByText(/Wait 7 seconds/)).toBeTruthy()
  isBusy = false
  await user.click(screen.getByRole('button', { name: 'Search again' }))
  expect(await screen.findByText(/Nothing was found for “zzz”/)).toBeTruthy()
})

test('without a network it says what is still found, and finds it', async () => {
  const { user, field } = await opened({ 'GET /v1/messages/search': () => { throw new TypeError('away') } })
  await user.type(field, '华东')
  expect(await screen.findByRole('option', { name: /华东 ?仓搬迁项目组/ })).toBeTruthy()
  expect(await screen.findByText(/are found on this device/)).toBeTruthy()
})

test('a conversation opens it narrowed to itself', async () => {
  const { asked: all, user } = await opened()
  act(() => stopFinding())
  act(() => find({ in: 'c01', scope: 'messages' }))
  const field = await screen.findByRole('combobox', { name: 'Search' })
  await user.type(field, '月台')
  await waitFor(() => expect(all.some((call) => call.url.includes('in=c01'))).toBe(true))
  expect(screen.getByRole('button', { name: 'Remove the filter: In' })).toBeTruthy()
})

test('filters that leave nothing to show say so', async () => {
  const { user, field } = await opened()
  await user.type(field, 'kind:picture @lu')
  await screen.findByText(/^Filters are about messages and files/)
  expect(options()).toEqual([])
})

test('what stands in the name of a conversation is marked', async () => {
  const { user, field } = await opened()
  await user.type(field, '搬迁')
  await waitFor(() => {
    const line = options().find((option) => option.textContent.includes('华东仓搬迁项目组') && option.textContent.includes(' members'))
    expect(line?.querySelector('mark')?.textContent).toBe('搬迁')
  })
})

test('the overview of the keys tells those of the palette, and each does what it says', async () => {
  const { user, field } = await opened()
  await user.type(field, 'shebei')
  const keys = shortcuts.flatMap((group) => group.shortcuts.flatMap((one) => one.keys.flatMap((key) => (key.startsWith('Mod') ? [] : key.split(' ')))))
  const isSign = (key: string) => /^[>@#]$/.test(key)
  const [signs, others] = [keys.filter(isSign), keys.filter((key) => !isSign(key) && key !== 'Delete')]
  expect(signs.map((sign) => sigilOf(`${sign}x`).scope)).toEqual(['functions', 'people', 'conversations'])
  const named: Readonly<Record<string, string>> = { '↑': 'ArrowUp', '↓': 'ArrowDown' }
  expect(others).toEqual(['↑', '↓', 'PageUp', 'PageDown', 'Enter'])
  expect(others.filter((key) => fireEvent.keyDown(field, { key: named[key] ?? key }))).toEqual([])
})

const searchOff = { 'GET /v1/applications': () => ({ status: 200, body: { items: [{ key: 'message_search', is_open: false, by_departments: true }], can: { edit: false } } }) }

test('while search in messages is off nothing narrows it to messages, and an operator is words (OPN-03)', async () => {
  const { user, field, asked: all } = await opened(searchOff)
  expect(screen.queryByRole('group', { name: 'Narrow' })).toBeNull()
  expect(screen.queryByText(/^from:/)).toBeNull()
  await user.type(field, 'kind:picture from:沈 before:soon ')
  expect(field).toHaveProperty('value', 'kind:picture from:沈 before:soon ')
  expect(screen.queryByRole('button', { name: /^Remove the filter/ })).toBeNull()
  expect(screen.queryByText(/is no day/)).toBeNull()
  await waitFor(() => expect(new URL(asked(all, '/v1/conversations/search').at(-1)?.url ?? '', 'http://x').searchParams.get('q')).toBe('kind:picture from:沈 before:soon'))
  act(() => stopFinding())
  act(() => find({ in: 'c01', scope: 'messages' }))
  await user.type(await screen.findByRole('combobox', { name: 'Search' }), '华东')
  expect(screen.queryByRole('button', { name: /^Remove the filter/ })).toBeNull()
  expect(screen.getByRole('radio', { name: 'All' }).getAttribute('aria-checked')).toBe('true')
  expect(await screen.findByRole('option', { name: /华东 ?仓搬迁项目组/ })).toBeTruthy()
  expect(asked(all, '/v1/messages/search')).toEqual([])
})

test('while search in messages is off nobody asks for it, and the names are found all the same (OPN-03)', async () => {
  const { user, field, asked: all } = await opened(searchOff)
  expect(screen.getByRole('radio', { name: 'People' })).toBeTruthy()
  expect(screen.queryByRole('radio', { name: 'Messages' })).toBeNull()
  await user.type(field, '冷链')
  await waitFor(() => expect(asked(all, '/v1/conversations/search')).not.toEqual([]))
  expect(asked(all, '/v1/messages/search')).toEqual([])
})
