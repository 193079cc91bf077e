import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { act, render, screen } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { clearToasts, Toasts } from '~/ui/toast'
import { useEntry } from '../context'
import { useWindow } from '../conversation/useWindow'
import { asAnn } from '../testing'
import { printReady } from './ready'
import { PrintOut } from './PrintOut'

function Out({ isPart = false }: { isPart?: boolean }) {
  const entry = useEntry('c1')
  const { messages } = useWindow('c1')
  return entry ? <PrintOut entry={entry} title="Dock" messages={messages} isPart={isPart} /> : null
}

const paper = () => document.querySelector('[data-print]')
const tell = (what: string) => act(() => void dispatchEvent(new Event(what)))

afterEach(() => {
  clearToasts()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('a conversation is put on paper whole, and only while the browser prints', async () => {
  vi.stubGlobal('fetch', async () => new Response(null, { status: 204 }))
  const ann = await asAnn(() => <Out />)
  expect(paper()).toBeNull()
  tell('beforeprint')
  expect(paper()?.querySelector('h1')?.textContent).toBe('Dock')
  expect(paper()?.textContent).toContain('1 message')
  expect(paper()?.querySelector('article')?.textContent).toMatch(/^Bob .*Is the dock clear\?$/)
  expect(paper()?.querySelector('button')).toBeNull()
  expect(paper()?.textContent).not.toContain('A part of the conversation')
  tell('afterprint')
  expect(paper()).toBeNull()
  ann.unmount()
  tell('beforeprint')
  expect(paper()).toBeNull()
})

test('where not all of it is loaded the paper says so', async () => {
  vi.stubGlobal('fetch', async () => new Response(null, { status: 204 }))
  const ann = await asAnn(() => <Out isPart />)
  tell('beforeprint')
  expect(paper()?.textContent).toContain('A part of the conversation')
  ann.unmount()
})

/** Pictures that come one step after they are asked for. */
class Arriving extends EventTarget {
  set src(_address: string) {
    queueMicrotask(() => this.dispatchEvent(new Event('load')))
  }
}

/** The paper of a conversation to which Bob sent a picture and a file. */
async function withPicture(Picture: new () => EventTarget) {
  const addresses = { thumbnail: '/thumbnail-of-gps', content: '/gps', expires_at: new Date(Date.now() + 600_000).toISOString() }
  const fetched = vi.fn(async (path: string) => (path.endsWith('/messages/2/files/f1') ? Response.json(addresses) : new Response(null, { status: 204 })))
  vi.stubGlobal('fetch', fetched)
  vi.stubGlobal('Image', Picture)
  const ann = await asAnn(() => <Out />)
  const gps = { id: 'f1', name: 'gps.jpg', size: 9, media_type: 'image/jpeg', kind: 'picture' as const, has_thumbnail: true, state: 'ready' as const }
  ann.server.store('bob', 'b2', { v: 1, kind: 'text', text: '', files: [gps, { ...gps, id: 'f2', name: 'list.pdf', kind: 'file' }] })
  await act(() => ann.engine.sync.refresh('c1'))
  const printed = vi.fn(() => tell('beforeprint'))
  vi.stubGlobal('print', printed)
  return { ...ann, printed }
}

/** Whether the page prints then instead of the browser. */
function press(keys: KeyboardEventInit): boolean {
  const event = new KeyboardEvent('keydown', { key: 'p', cancelable: true, ...keys })
  act(() => void dispatchEvent(event))
  return event.defaultPrevented
}

test.each(['from the menu', 'by the keys'])('its pictures are fetched before it is printed %s, and stand there with their names', async (way) => {
  const ann = await withPicture(Arriving)
  const { printed } = ann
  if (way === 'from the menu') await act(() => printReady(() => undefined))
  else press({ ctrlKey: true })
  await vi.waitFor(() => expect(printed).toHaveBeenCalledOnce())
  const figures = [...(paper()?.querySelectorAll('figure') ?? [])]
  expect(figures.map((figure) => [figure.textContent, figure.querySelector('img')?.getAttribute('src') ?? null])).toEqual([['[gps.jpg]', '/thumbnail-of-gps'], ['[list.pdf]', null]])
  ann.unmount()
})

test('while the pictures are on their way that is said, and asking again prints once', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true })
  const { printed, unmount } = await withPicture(EventTarget)
  render(<I18nProvider i18n={i18n}><Toasts /></I18nProvider>)
  for (let times = 0; times < 3; times += 1) press({ ctrlKey: true })
  await act(() => vi.advanceTimersByTimeAsync(200))
  expect(screen.queryByText('Preparing the pictures…')).toBeNull()
  await act(() => vi.advanceTimersByTimeAsync(200))
  expect(screen.getAllByText('Preparing the pictures…')).toHaveLength(1)
  expect(printed).not.toHaveBeenCalled()
  await act(() => vi.advanceTimersByTimeAsync(8_000))
  expect(printed).toHaveBeenCalledOnce()
  unmount()
})

test('the key to print is the machine\'s own: Ctrl P on a Mac moves in the text', async () => {
  const { printed, unmount } = await withPicture(Arriving)
  vi.stubGlobal('navigator', { platform: 'MacIntel' })
  expect(press({ ctrlKey: true })).toBe(false)
  expect(press({ metaKey: true })).toBe(true)
  vi.stubGlobal('navigator', { platform: 'Win32' })
  expect(press({ metaKey: true })).toBe(false)
  expect(press({ ctrlKey: true, shiftKey: true })).toBe(false)
  expect(press({ ctrlKey: true })).toBe(true)
  await vi.waitFor(() => expect(printed).toHaveBeenCalledOnce())
  unmount()
})

test('times on it have one form', async () => {
  vi.stubGlobal('fetch', async () => new Response(null, { status: 204 }))
  const ann = await asAnn(() => <Out />)
  tell('beforeprint')
  const [clock, head] = [paper()?.querySelector('time')?.textContent ?? '', paper()?.querySelector('header')?.textContent ?? '']
  expect(clock).toMatch(/^\d\d:\d\d$/)
  expect(head).toMatch(new RegExp(` \\d{1,2} \\w+ \\d{4} at ${clock}`))
  expect(head).not.toMatch(/[AP]M/)
  ann.unmount()
})

test('what a message answers stands over it, as far as it is still there', async () => {
  vi.stubGlobal('fetch', async () => new Response(null, { status: 204 }))
  const ann = await asAnn(() => <Out />)
  // As a device that kept the answer remembers it: without the words.
  ann.server.store('bob', 'b2', { v: 1, kind: 'text', text: 'Yes, it is.', reply_to: { seq: 1, author_id: 'bob', excerpt: '' } })
  ann.server.store('bob', 'b3', { v: 1, kind: 'text', text: 'So am I.', reply_to: { seq: 99, author_id: 'bob' } })
  await act(() => ann.engine.sync.refresh('c1'))
  tell('beforeprint')
  const answers = [...(paper()?.querySelectorAll('article') ?? [])].slice(1).map((article) => article.textContent)
  expect(answers).toEqual([expect.stringMatching(/: Is the dock clear\?Yes, it is\.$/), expect.stringMatching(/The message this answers is goneSo am I\.$/)])
  ann.unmount()
})
