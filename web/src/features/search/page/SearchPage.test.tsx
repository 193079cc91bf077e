/** The page of a search: its address is its state, its results read on and lead to their places (SRCH-01). */
import { configure, screen, waitFor, within } from '@testing-library/react'
import { beforeAll, expect, test, vi } from 'vitest'
import { open, serve, typeDay } from '../../../../mock/render'
import { problem } from '../../../../mock/handlers'
import { searchMessages } from '../../../../mock/search'
import { MessagesFrame } from '~/features/messages/MessagesFrame'
import { parts } from '~/features/messages/found/parts'
import { provideFrame } from '~/shell/frame'
import { provideConversationParts } from '~/shell/preview'
import type { MessageHit } from '~/api/types'
import { searchOf } from '../query/address'
import { merged } from './merge'

beforeAll(() => {
  configure({ asyncUtilTimeout: 15_000 })
  provideFrame(MessagesFrame)
  provideConversationParts(parts)
  // jsdom has no layout: the list is as high as it must be to draw its lines.
  Object.defineProperty(Element.prototype, 'clientHeight', { configurable: true, value: 800 })
  Object.defineProperty(Element.prototype, 'clientWidth', { configurable: true, value: 800 })
})

const links = () => screen.getAllByRole('link').filter((link) => link.getAttribute('href')?.includes('?at='))

test('an address opens with its words, filters and kind, and asks for exactly them', async () => {
  const { asked } = serve()
  await open('/o/yunwu/search?q=冷链&scope=messages&in=c01&after=2020-01-01')
  expect(await screen.findByRole('combobox', { name: 'Search' })).toHaveProperty('value', '冷链')
  expect(screen.getByRole('button', { name: 'Remove the filter: In' })).toBeTruthy()
  expect(screen.getByRole('radio', { name: 'Messages' }).getAttribute('aria-checked')).toBe('true')
  await waitFor(() => expect(links().map((link) => link.getAttribute('href'))).toEqual(['/o/yunwu/messages/c01?at=6', '/o/yunwu/messages/c01?at=4']))
  const call = asked.find((one) => one.url.startsWith('/v1/messages/search'))
  expect(Object.fromEntries(new URL(call?.url ?? '', 'http://x').searchParams)).toMatchObject({ q: '冷链', in: 'c01', kind: 'text' })
  expect(await screen.findAllByText(/kept until/)).toHaveLength(2)
  expect(await screen.findByText('2 results')).toBeTruthy()
})

test('while search in messages is off an address loses what is about messages, and names are found (OPN-03)', async () => {
  const items = [{ key: 'message_search', is_open: false, by_departments: true }]
  const { asked } = serve({ 'GET /v1/applications': () => ({ status: 200, body: { items, can: { edit: false } } }) })
  const { router } = await open('/o/yunwu/search?q=华东&scope=messages&in=c01&after=2020-01-01&kind=file')
  expect(await screen.findByRole('combobox', { name: 'Search' })).toHaveProperty('value', '华东')
  expect(await screen.findByRole('link', { name: /华东 ?仓搬迁项目组/ })).toBeTruthy()
  await waitFor(() => expect(router.state.location.search).toEqual({ q: '华东' }))
  expect(screen.queryByRole('group', { name: 'Narrow' })).toBeNull()
  expect(asked.filter((call) => call.url.startsWith('/v1/messages/search'))).toEqual([])
})

test('while the names are on their way no dot stands beside nothing', async () => {
  serve()
  const answer = fetch
  vi.stubGlobal('fetch', (url: string, init?: RequestInit) => (url.startsWith('/v1/members?ids') ? new Promise(() => undefined) : answer(url, init)))
  await open('/o/yunwu/search?q=冷链&scope=messages&in=c01')
  await screen.findAllByText(/kept until/)
  expect(links().map((link) => link.textContent).filter((text) => /·\s*·/.test(text))).toEqual([])
  expect(links().length).toBeGreaterThan(0)
})

test('a conversation of two and whoever wrote in it are one name, and who wrote to them stands beside it', async () => {
  serve()
  await open('/o/yunwu/search?q=dock&scope=messages&in=c08')
  await screen.findByText(/kept until/)
  await waitFor(() => expect(links()[0]?.textContent?.replaceAll(/[\u2068\u2069]/g, '')).toMatch(/(?<! · )Elliot Marsh · kept until/))
  const { router } = await open('/o/yunwu/search?q=Could&scope=messages&in=c03')
  await waitFor(() => expect(links().at(-1)?.textContent?.replaceAll(/[\u2068\u2069]/g, '')).toContain('Mara Whitcombe · 沈知遥 · kept until'))
  expect(router.state.location.search).toMatchObject({ in: 'c03' })
})

test('what is written goes into the address, and operators out of the field', async () => {
  serve()
  const { user, router } = await open('/o/yunwu/search')
  const field = await screen.findByRole('combobox', { name: 'Search' })
  await user.type(field, '报价 类型:文件 晚于:2026-01-02 ')
  await waitFor(() => expect(router.state.location.search).toEqual({ q: '报价', kind: 'file', after: '2026-01-02' }))
  expect(document.title).toContain('Search: 报价')
  await user.click(screen.getByRole('button', { name: 'Remove the filter: Since' }))
  await waitFor(() => expect(router.state.location.search).toEqual({ q: '报价', kind: 'file' }))
})

test('a day there is not is said, comes along from the palette, and does not go from the field', async () => {
  serve()
  const { user } = await open('/o/yunwu/search?q=before:2026-13-45+')
  expect(await screen.findByText(/^“2026-13-45” is no day/)).toBeTruthy()
  const field = screen.getByRole('combobox', { name: 'Search' })
  expect(field).toHaveProperty('value', 'before:2026-13-45 ')
  await user.clear(field)
  await user.type(field, '冷链 before:2026-13-45{Enter}')
  expect(await screen.findByText(/^“2026-13-45” is no day/)).toBeTruthy()
  expect(field).toHaveProperty('value', '冷链 before:2026-13-45 ')
})

test('days are typed part by part, in the order of the language', async () => {
  serve()
  const { user, router } = await open('/o/yunwu/search?q=冷链')
  await user.click(await screen.findByRole('button', { name: 'Time' }))
  await typeDay(user, screen.getByRole('group', { name: 'Since' }), '02012026')
  await waitFor(() => expect(router.state.location.search).toEqual({ q: '冷链', after: '2026-01-02' }))
})

test('another search in the address, such as one gone back to, replaces what stands in the field', async () => {
  serve()
  const { router } = await open('/o/yunwu/search?q=冷链')
  expect(await screen.findByRole('combobox', { name: 'Search' })).toHaveProperty('value', '冷链')
  await router.navigate({ href: '/o/yunwu/search?q=月台&scope=messages' })
  await waitFor(() => expect(screen.getByRole('combobox', { name: 'Search' })).toHaveProperty('value', '月台'))
  router.history.back()
  await waitFor(() => expect(screen.getByRole('combobox', { name: 'Search' })).toHaveProperty('value', '冷链'))
})

test('it reads on until there is no more', async () => {
  const { asked } = serve({ 'GET /v1/messages/search': (request, state) => ({ status: 200, body: searchMessages({ query: new URLSearchParams([...request.query, ['limit', '5']].filter(([name, value]) => name !== 'limit' || value === '5')) }, state) }) })
  await open('/o/yunwu/search?q=报名&scope=messages')
  await waitFor(() => expect(links().length).toBeGreaterThan(12))
  const cursors = asked.filter((one) => one.url.startsWith('/v1/messages/search')).map((one) => new URL(one.url, 'http://x').searchParams.get('cursor'))
  expect(cursors.slice(0, 3)).toEqual([null, '5', '10'])
})

test('files and pictures come in one list, and are opened, not gone to', async () => {
  const { asked } = serve()
  await open('/o/yunwu/search?scope=files')
  const list = await screen.findByRole('region', { name: 'Results' })
  await waitFor(() => expect(within(list).getAllByRole('button').length).toBeGreaterThan(2))
  expect(asked.filter((one) => one.url.startsWith('/v1/messages/search')).map((one) => new URL(one.url, 'http://x').searchParams.get('kind')).sort()).toEqual(['file', 'picture'])
})

test('nothing found, no leave, too often: each is said with what can be done', async () => {
  let status = 404
  serve({ 'GET /v1/messages/search': () => (status === 404 ? problem(404, 'not_found') : status === 429 ? problem(429, 'rate.limited', { retry_after_s: 1 }) : { status: 200, body: { hits: [] } }) })
  const { user, router } = await open('/o/yunwu/search?q=x&scope=messages&in=c99')
  expect(await screen.findByText(/You cannot open this conversation/)).toBeTruthy()
  status = 429
  await router.navigate({ href: '/o/yunwu/search?q=y&scope=messages' })
  expect(await screen.findByText('You have searched very often just now. Wait 1 second.')).toBeTruthy()
  status = 200
  await user.click(screen.getByRole('button', { name: 'Search again' }))
  expect(await screen.findByRole('heading', { name: 'Nothing was found for “y”' })).toBeTruthy()
})

test('recent searches can be looked for again, and be kept no more', async () => {
  const { state } = serve()
  const { user, router } = await open('/o/yunwu/search')
  await user.click(await screen.findByRole('switch', { name: /Keep my last 20 searches/ }))
  await waitFor(() => expect(state.words).toEqual([]))
  await user.click(await screen.findByRole('button', { name: 'Undo' }))
  await waitFor(() => expect(state.words.map((word) => word.text)).toEqual(['冷链', 'carrier contract', '年假结转']))
  await user.click(await screen.findByRole('button', { name: '冷链' }))
  await waitFor(() => expect(router.state.location.search).toEqual({ q: '冷链' }))
})

test('an address cannot ask for what there is not', () => {
  expect(searchOf({ q: 2026, scope: 'secrets', from: '../x', in: ['a'], after: '2026-02-31', before: '2026-11-05', kind: 'html' })).toEqual({ q: '2026', before: '2026-11-05' })
  expect(searchOf({ q: 'x'.repeat(500) }).q).toHaveLength(200)
})

test('two lists become one, as far back as both are known', () => {
  const hit = (at: string): MessageHit => ({ conversation_id: 'c', snippet: '', marks: [], files: [], message: { id: at, conversation_id: 'c', seq: 1, n: 1, author_id: 'a', sent_at: at, kept_until: at, state: 'sent', body: null } })
  const a = { hits: ['9', '7', '5'].map(hit), hasMore: true }
  const b = { hits: ['8', '3'].map(hit), hasMore: false }
  expect(merged(a, b).hits.map((one) => one.message.sent_at)).toEqual(['9', '8', '7', '5'])
  expect(merged(a, b).behind).toBe(a)
  expect(merged({ ...a, hasMore: false }, b).hits.map((one) => one.message.sent_at)).toEqual(['9', '8', '7', '5', '3'])
})
