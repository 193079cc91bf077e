/** What other screens show of a conversation. */
import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { asAnn } from '../testing'
import { parts } from './parts'

test('how many are in a group stands by itself, apart from how long it is kept', async () => {
  await asAnn((entry) => <parts.Facts id={entry.conversation.id} />)
  const count = screen.getByText('3 members')
  // Only elements are kept apart: words without one run into the sign that follows.
  expect(count.textContent).toBe('3 members')
  expect(count.nextElementSibling?.textContent).toContain('90 days')
})
