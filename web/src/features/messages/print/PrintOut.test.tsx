import { act } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
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

afterEach(() => vi.unstubAllGlobals())

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

test.each(['from the menu', 'by the keys'])('its pictures are fetched before it is printed %s, and stand there with their names', async (way) => {
  const addresses = { thumbnail: '/thumbnail-of-gps', content: '/gps', expires_at: new Date(Date.now() + 600_000).toISOString() }
  const fetched = vi.fn(async (path: string) => (path.endsWith('/messages/2/files/f1') ? Response.json(addresses) : new Response(null, { status: 204 })))
  vi.stubGlobal('fetch', fetched)
  vi.stubGlobal('Image', Arriving)
  const ann = await asAnn(() => <Out />)
  const gps = { id: 'f1', name: 'gps.jpg', size: 9, media_type: 'image/jpeg', kind: 'picture' as const, has_thumbnail: true, state: 'ready' as const }
  ann.server.store('bob', 'b2', { v: 1, kind: 'text', text: '', files: [gps, { ...gps, id: 'f2', name: 'list.pdf', kind: 'file' }] })
  await act(() => ann.engine.sync.refresh('c1'))
  const printed = vi.fn(() => tell('beforeprint'))
  vi.stubGlobal('print', printed)
  if (way === 'from the menu') await act(() => printReady())
  else act(() => void dispatchEvent(new KeyboardEvent('keydown', { key: 'p', ctrlKey: true })))
  await vi.waitFor(() => expect(printed).toHaveBeenCalledOnce())
  const figures = [...(paper()?.querySelectorAll('figure') ?? [])]
  expect(figures.map((figure) => [figure.textContent, figure.querySelector('img')?.getAttribute('src') ?? null])).toEqual([['[gps.jpg]', '/thumbnail-of-gps'], ['[list.pdf]', null]])
  ann.unmount()
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
