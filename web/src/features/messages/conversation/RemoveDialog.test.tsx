/** Whoever looks after a group may take a message away (IM-04); everybody sees that there was one. */
import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { expect, test, vi } from 'vitest'
import type { Message } from '~/api/types'
import { useChat, useEntry } from '../context'
import { asAnn } from '../testing'
import { MessageActionsContext } from './actions'
import { MessageRow } from './MessageRow'
import { RemoveDialog } from './RemoveDialog'

const nothing = () => undefined

/** What Bob said, as Ann sees it, who looks after the group or does not. */
function Said({ looksAfter, author }: { looksAfter: boolean; author: string }) {
  const entry = useEntry('c1')
  const said = useChat((state) => state.logs.get('c1')?.messages.get(1))
  const [doomed, setDoomed] = useState<Message | null>(null)
  if (!entry || !said) return null
  const conversation = { ...entry.conversation, can: { ...entry.conversation.can, remove: looksAfter } }
  const actions = { entry: { ...entry, conversation }, jump: nothing, reply: nothing, edit: nothing, forward: nothing, showReaders: nothing, remove: setDoomed }
  const message = { ...said, author_id: author }
  return (
    <MessageActionsContext value={actions}>
      <MessageRow row={{ t: 'message', key: '1', message, isFirst: true, isLast: true, isMine: author === 'ann' }} flashes={false} />
      <RemoveDialog message={doomed} onClose={() => setDoomed(null)} />
    </MessageActionsContext>
  )
}

async function opened(looksAfter: boolean, author = 'bob') {
  const asked: string[] = []
  vi.stubGlobal('fetch', (url: string, init?: RequestInit) => {
    if (init?.method === 'POST') asked.push(url)
    return Promise.resolve(new Response(init?.method === 'POST' ? null : '{"items":[]}', { status: init?.method === 'POST' ? 204 : 200 }))
  })
  await asAnn(() => <Said looksAfter={looksAfter} author={author} />)
  const user = userEvent.setup({ delay: null })
  await user.click(screen.getByRole('button', { name: 'More' }))
  await screen.findByRole('menuitem', { name: 'Copy link' })
  return { asked, user }
}

test('an owner or administrator removes what somebody else said, after being asked, and its place stays', async () => {
  const { asked, user } = await opened(true)
  await user.click(screen.getByRole('menuitem', { name: 'Remove' }))
  expect(await screen.findByRole('alertdialog', { name: /Remove the message of .*Bob.*\?/ })).toBeTruthy()
  expect(asked).toEqual([])
  await user.click(screen.getByRole('button', { name: 'Remove' }))
  const stone = await screen.findByText('A message was removed')
  expect(asked.map((url) => url.replace(/.*\/v1/, '/v1'))).toEqual(['/v1/conversations/c1/messages/1/recall'])
  await waitFor(() => expect(document.activeElement?.contains(stone)).toBe(true))
})

test('an own message whose time to be recalled is over can be removed as well', async () => {
  await opened(true, 'ann')
  expect(screen.getByRole('menuitem', { name: 'Remove' })).toBeTruthy()
  expect(screen.queryByRole('menuitem', { name: 'Recall' })).toBeNull()
})

test('others are not offered to', async () => {
  await opened(false)
  expect(screen.queryByRole('menuitem', { name: 'Remove' })).toBeNull()
})
