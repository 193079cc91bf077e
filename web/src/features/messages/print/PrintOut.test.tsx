import { act } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { useEntry } from '../context'
import { useWindow } from '../conversation/useWindow'
import { asAnn } from '../testing'
import { PrintOut } from './PrintOut'

function Out({ isPart = false }: { isPart?: boolean }) {
  const entry = useEntry('c1')
  const { messages } = useWindow('c1')
  return entry ? <PrintOut entry={entry} title="Dock" messages={messages} isPart={isPart} /> : null
}

const paper = () => document.querySelector('[data-print]')
const tell = (what: string) => act(() => void dispatchEvent(new Event(what)))

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
