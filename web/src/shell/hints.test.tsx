/** First-use hints go away for good for the person: on every device, also when the server could not be told at once. */
import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Hint } from './Hint'
import { endedHints, forgetHints } from './hints'

/** What the server knows; while it is away every call fails. */
let ended: string[]
let isAway: boolean
let puts: string[]

const answered = (status: number, body?: unknown) => new Response(body === undefined ? null : JSON.stringify(body), { status })

beforeEach(() => {
  ended = []
  isAway = false
  puts = []
  vi.stubGlobal('fetch', (url: string, { method = 'GET' }: RequestInit = {}) => {
    if (isAway) return Promise.reject(new TypeError('offline'))
    if (method === 'GET') return Promise.resolve(answered(200, { items: ended }))
    const hint = url.slice(url.lastIndexOf('/') + 1)
    puts.push(hint)
    if (!ended.includes(hint)) ended = [...ended, hint]
    return Promise.resolve(answered(204))
  })
  i18n.loadAndActivate({ locale: 'en', messages: {} })
})

afterEach(() => {
  cleanup()
  forgetHints()
  vi.unstubAllGlobals()
})

async function page() {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false, networkMode: 'always' } } })
  render(
    <I18nProvider i18n={i18n}>
      <QueryClientProvider client={queries}>
        <Hint id="choose_people">Choose people with their boxes.</Hint>
        <Hint id="conversation_menu">Right-click a conversation.</Hint>
      </QueryClientProvider>
    </I18nProvider>,
  )
  await act(() => Promise.resolve())
  return queries
}

const shown = () => screen.queryAllByRole('complementary', { name: 'Hint' }).map((hint) => hint.querySelector('p')?.textContent)
const endFirst = () => userEvent.setup().click(screen.getAllByRole('button', { name: 'Got it' })[0] ?? document.body)

test('none is shown before it is known which are over, nor while that cannot be known', async () => {
  let say: (answer: Response) => void = () => undefined
  vi.stubGlobal('fetch', () => new Promise<Response>((resolve) => (say = resolve)))
  const queries = await page()
  expect(shown()).toEqual([])
  say(answered(200, { items: ['choose_people'] }))
  await waitFor(() => expect(shown()).toEqual(['Right-click a conversation.']))
  queries.clear()
  cleanup()
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('offline')))
  await page()
  expect(shown()).toEqual([])
})

test('one that is read goes at once and is over for the account; another device does not show it', async () => {
  await page()
  await waitFor(() => expect(shown()).toHaveLength(2))
  await endFirst()
  expect(shown()).toEqual(['Right-click a conversation.'])
  await waitFor(() => expect(ended).toEqual(['choose_people']))
  await waitFor(() => expect(localStorage.getItem('hints')).toBeNull())
  cleanup()
  // Another browser has nothing of this one's.
  forgetHints()
  await page()
  await waitFor(() => expect(shown()).toEqual(['Right-click a conversation.']))
  expect(puts).toEqual(['choose_people'])
})

test('without a connection it does not come back in this browser, and the server is told once it is there', async () => {
  const queries = await page()
  await waitFor(() => expect(shown()).toHaveLength(2))
  isAway = true
  await endFirst()
  expect(shown()).toEqual(['Right-click a conversation.'])
  expect(JSON.parse(localStorage.getItem('hints') ?? 'null')).toEqual(['choose_people'])
  isAway = false
  await act(() => queries.invalidateQueries({ queryKey: endedHints().queryKey }))
  expect(ended).toEqual(['choose_people'])
  expect(localStorage.getItem('hints')).toBeNull()
  expect(shown()).toEqual(['Right-click a conversation.'])
})

test('what a server refuses is not shown again in this browser', async () => {
  vi.stubGlobal('fetch', (_: string, { method = 'GET' }: RequestInit = {}) => Promise.resolve(method === 'GET' ? answered(200, { items: [] }) : answered(404, { code: 'not_found' })))
  const queries = await page()
  await waitFor(() => expect(shown()).toHaveLength(2))
  await endFirst()
  await act(() => queries.invalidateQueries({ queryKey: endedHints().queryKey }))
  expect(shown()).toEqual(['Right-click a conversation.'])
})

test('what this browser had ended before accounts kept it is told once, by its new name', async () => {
  vi.resetModules()
  localStorage.setItem('hints', '["choose-people","something-older"]')
  const { endedHints: read, forgetHints: forget } = await import('./hints')
  const queries = new QueryClient()
  expect(await queries.fetchQuery(read())).toEqual(['choose_people'])
  expect(localStorage.getItem('hints')).toBeNull()
  await queries.fetchQuery({ ...read(), staleTime: 0 })
  expect(puts).toEqual(['choose_people'])
  forget()
})

test('signed out, nothing of it stays in the browser', async () => {
  await page()
  await waitFor(() => expect(shown()).toHaveLength(2))
  isAway = true
  await endFirst()
  act(() => forgetHints())
  expect(localStorage.getItem('hints')).toBeNull()
  expect(shown()).toHaveLength(2)
})
