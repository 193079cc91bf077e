/** An answer shows what it answers, also when this device kept the answer without it. */
import { act, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { TextBody } from '~/api/types'
import type { Entry } from '../engine/entry'
import { update } from '../engine/store'
import { asAnn } from '../testing'
import { MessageActionsContext } from './actions'
import { TextBubble } from './Bubble'

const nothing = () => undefined
const actionsOf = (entry: Entry) => ({ entry, jump: nothing, reply: nothing, edit: nothing, forward: nothing, showReaders: nothing, remove: nothing })
const answer: TextBody = { v: 1, kind: 'text', text: 'It is', reply_to: { seq: 1, author_id: 'bob', excerpt: '' } }

test('the words that are answered are fetched when they are not here', async () => {
  const ann = await asAnn((entry) => <MessageActionsContext value={actionsOf(entry)}><TextBubble body={answer} isMine me="ann" /></MessageActionsContext>)
  act(() => update(ann.engine.store, (state) => ({ ...state, logs: new Map() })))
  expect(await screen.findByText('Is the dock clear?')).toBeTruthy()
})
