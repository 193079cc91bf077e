/** A found message that was taken back is shown as in its conversation: nobody says it. */
import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { serve } from '../../../../mock/render'
import { asAnn } from '../testing'
import { Around } from './Around'

test('a recalled message is no word of its author', async () => {
  const message = { conversation_id: 'c1', author_id: 'bob', sent_at: '2026-11-01T08:00:00Z', edited_at: null, client_id: null, reply_to: null, mentions: [], mentions_all: false }
  const items = [
    { ...message, id: 'm1', seq: 1, state: 'recalled', body: null },
    { ...message, id: 'm2', seq: 2, state: 'sent', body: { v: 1, kind: 'text', text: 'Is the dock clear?' } },
  ]
  serve({ 'GET /v1/conversations/{conversation}/messages': () => ({ status: 200, body: { items, has_older: false, has_newer: false } }) })
  await asAnn(() => <Around id="c1" seq={2}>Is the <mark>dock</mark> clear?</Around>)
  const gone = await screen.findByText(/recalled a message/)
  expect(gone.textContent).toBe('Bob recalled a message')
  expect(gone.parentElement?.querySelectorAll('time')).toHaveLength(1)
  expect(screen.queryByText('Not there any more')).toBeNull()
})
