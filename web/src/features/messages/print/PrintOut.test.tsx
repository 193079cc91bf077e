import { act } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { useEntry } from '../context'
import { useWindow } from '../conversation/useWindow'
import { asAnn } from '../testing'
import { PrintOut } from './PrintOut'

function Out() {
  const entry = useEntry('c1')
  const { messages } = useWindow('c1')
  return entry ? <PrintOut entry={entry} title="Dock" messages={messages} /> : null
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
  tell('afterprint')
  expect(paper()).toBeNull()
  ann.unmount()
  tell('beforeprint')
  expect(paper()).toBeNull()
})
