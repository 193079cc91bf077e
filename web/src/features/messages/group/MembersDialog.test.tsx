/** The keyboard stays among the members, whatever was done about one of them. */
import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { afterEach, expect, test, vi } from 'vitest'
import type { ConversationMember } from '~/api/types'
import { useEntry } from '../context'
import { asAnn } from '../testing'
import { MembersDialog } from './MembersDialog'

const joined = { joined_at: '2026-11-01T00:00:00Z', read_seq: 0 }

afterEach(() => vi.restoreAllMocks())

/** Ann owns the group until she gives it away; whoever she removes is gone. */
function Group({ answered }: { answered: (path: string) => boolean }) {
  const entry = useEntry('c1')
  const [isOpen, setOpen] = useState(false)
  if (!entry) return null
  const isGiven = answered('transfer')
  const members: ConversationMember[] = [
    { member_id: 'ann', role: isGiven ? 'administrator' : 'owner', ...joined },
    ...(answered('members/bob') ? [] : [{ member_id: 'bob', role: isGiven ? 'owner' : 'member', ...joined } as const]),
    { member_id: 'cen', role: 'member', ...joined },
  ]
  const can = { ...entry.conversation.can, remove: true, transfer: !isGiven }
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>Show all</button>
      {isOpen && <MembersDialog conversation={{ ...entry.conversation, can }} members={members} onClose={() => setOpen(false)} />}
    </>
  )
}

/** As in a browser: what closes fades for a moment, and keeps the focus so long. */
function fading() {
  vi.stubGlobal('CSSTransition', Map)
  const fade = () => ({ playState: 'running', finished: new Promise((resolve) => setTimeout(resolve, 60)) })
  // Only what the library looks at is there.
  // oxlint-disable-next-line typescript/consistent-type-assertions
  return vi.spyOn(Element.prototype, 'getAnimations').mockImplementation(() => [fade() as unknown as Animation])
}

async function asked(act: string) {
  const answers: string[] = []
  vi.stubGlobal('fetch', (url: string) => {
    answers.push(url)
    return Promise.resolve(new Response(null, { status: 204 }))
  })
  await asAnn(() => <Group answered={(path) => answers.some((url) => url.endsWith(path))} />)
  fading()
  const user = userEvent.setup({ delay: null })
  await user.click(screen.getByRole('button', { name: 'Show all' }))
  await user.click(await screen.findByRole('button', { name: 'More about Bob' }))
  await user.click(await screen.findByRole('menuitem', { name: act }))
  await screen.findByRole('alertdialog')
  return user
}

test.each([['Make owner'], ['Remove']])('after “%s” was confirmed the keyboard is in the list, and Escape closes it', async (act) => {
  const user = await asked(act)
  await user.click(screen.getByRole('button', { name: act }))
  await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull())
  await waitFor(() => expect(screen.getByRole('dialog', { name: 'Members' }).contains(document.activeElement)).toBe(true))
  await user.keyboard('{Escape}')
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
})
