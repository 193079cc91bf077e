/** A question that somebody was to be asked waits in the chat with them as a draft, and takes the place of none (ADM-08). */
import { waitFor } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { leaveQuestion } from '~/shell/asking'
import { createConversation } from '../queries'
import { asAnn } from '../testing'
import { OpenDirect } from './OpenDirect'

const replace = vi.hoisted(() => vi.fn())
vi.mock('@tanstack/react-router', async (original) => ({
  ...(await original<typeof import('@tanstack/react-router')>()),
  useParams: () => ({ member: 'bob' }),
  useRouter: () => ({ history: { replace } }),
}))
vi.mock('../queries', async (original) => ({ ...(await original<typeof import('../queries')>()), createConversation: vi.fn() }))

beforeEach(() => replace.mockClear())

/** Ann opens her chat with Bob. */
async function opened(begun: string | null) {
  const side = await asAnn((entry) => {
    const draft = begun === null ? null : { text: begun, reply_to: null }
    vi.mocked(createConversation).mockResolvedValue({ ...entry.conversation, my: { ...entry.conversation.my, draft } })
    return <OpenDirect />
  })
  await waitFor(() => expect(replace).toHaveBeenCalled())
  return side.engine.store.getState().entries.get('c1')?.conversation.my.draft?.text
}

test('the question is the draft of the chat', async () => {
  leaveQuestion('bob', 'May I open this?')
  expect(await opened(null)).toBe('May I open this?')
})

test('what was begun there stays', async () => {
  leaveQuestion('bob', 'May I open this?')
  expect(await opened('Dear Bob')).toBe('Dear Bob')
})

test('a question for somebody else is nobody’s', async () => {
  leaveQuestion('cen', 'May I open this?')
  expect(await opened(null)).toBeUndefined()
})
