/** Whoever has no conversation is not told to choose one. */
import { act, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { update } from './engine/store'
import { NoConversation } from './NoConversation'
import { asAnn } from './testing'

test('a conversation is to be chosen only where there are some', async () => {
  const { engine } = await asAnn(() => <NoConversation />)
  expect(screen.getByRole('heading', { name: 'Choose a conversation' })).toBeTruthy()
  act(() => update(engine.store, (state) => ({ ...state, entries: new Map() })))
  expect(screen.getByRole('heading', { name: 'Conversations open here' })).toBeTruthy()
})
