/** Words under files are not read as the caption of what follows: there is more room between messages than inside one. */
import { readFileSync } from 'node:fs'
import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { FileRef } from '../files/types'
import { useChat, useEntry } from '../context'
import { asAnn } from '../testing'
import { MessageActionsContext } from './actions'
import { MessageRow } from './MessageRow'

const css = (name: string) => readFileSync(`src/features/messages/${name}.module.css`, 'utf8')
const rule = (text: string, selector: string) => text.match(new RegExp(`^ *${selector.replaceAll(/[.[\]]/g, '\\$&')} \\{(.*)\\}`, 'm'))?.[1] ?? ''
const pixels = (text: string, name: string) => [...(text.match(new RegExp(`\\b${name}: ([^;]+);`))?.[1] ?? '').matchAll(/(\d+)px/g)].map(([, size]) => Number(size))

const nothing = () => undefined
const plan: FileRef = { id: 'f1', name: 'plan.pdf', size: 1, media_type: 'application/pdf', kind: 'file', has_thumbnail: false }

/** What Bob said, without and with a file. */
function Said() {
  const entry = useEntry('c1')
  const said = useChat((state) => state.logs.get('c1')?.messages.get(1))
  if (!entry || said?.body?.kind !== 'text') return null
  const filed = { ...said, seq: 2, body: { ...said.body, files: [plan] } }
  return (
    <MessageActionsContext value={{ entry, jump: nothing, reply: nothing, edit: nothing, forward: nothing, showReaders: nothing, remove: nothing }}>
      {[said, filed].map((message) => <MessageRow key={message.seq} row={{ t: 'message', key: `${message.seq}`, message, isFirst: false, isLast: false, isMine: false }} flashes={false} />)}
    </MessageActionsContext>
  )
}

test('only a message with files asks for that room', async () => {
  await asAnn(() => <Said />)
  expect(screen.getAllByRole('article').map((row) => row.hasAttribute('data-files'))).toEqual([false, true])
})

test.each(['conversation/MessageRow', 'conversation/OutgoingRow'])('%s', (row) => {
  const [start = 0, end = 0] = pixels(rule(css(row), '.row[data-files]'), 'padding-block')
  const [plain = 0] = pixels(rule(css(row), '.row'), 'padding-block-start')
  const inside = Math.max(...pixels(rule(css('conversation/Bubble'), '.said'), 'gap'), ...pixels(rule(css('files/MessageFiles'), '.files'), 'gap'))
  expect(inside).toBeGreaterThan(0)
  expect(plain).toBeGreaterThan(0)
  expect(start).toBeGreaterThan(2 * inside)
  expect(end + plain).toBeGreaterThan(2 * inside)
})
