import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { serve } from '../../../../mock/render'
import { asAnn } from '../testing'
import { EditedMark } from './EditedMark'

async function mark(keeps_edits: boolean) {
  const versions = { items: [{ text: 'Dock 3', written_at: '2026-11-22T02:44:00Z' }] }
  const { state } = serve(
    { 'GET /v1/conversations/{conversation}/messages/{seq}/versions': () => ({ status: 200, body: versions }) },
    (all) => Object.assign(all.organisation, { keeps_edits }),
  )
  expect(state.organisation.keeps_edits).toBe(keeps_edits)
  await asAnn((entry) => {
    const last = entry.conversation.last_message
    return last ? <EditedMark message={{ ...last, state: 'edited', edited_at: '2026-11-22T02:50:00Z' }} /> : null
  })
}

test('where edits are kept, the mark leads to what the message said before', async () => {
  await mark(true)
  await userEvent.click(await screen.findByRole('button', { name: 'edited' }))
  const before = await screen.findByRole('dialog', { name: 'What this message said before' })
  expect(await within(before).findByText('Dock 3')).toBeTruthy()
})

test('where they are not, it is only a mark', async () => {
  await mark(false)
  expect(await screen.findByText('edited')).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'edited' })).toBeNull()
})
