/** Others' data, frozen at their word: who may, what is said, and the way back (DSR-04). */
import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { memberId, people } from '../../../../mock/company'
import { open, serve } from '../../../../mock/render'
import { subjectRequest } from '../../../../mock/requests'
import { restriction } from '../../../../mock/restrictions'
import type { Member } from '../../../api/types'

const frozen = (more: Partial<Member> = {}) => ({ ...people()[1], restricted_at: '2026-11-20T02:00:00Z', ...more })
const listed = (member: Member | object, more: Parameters<typeof restriction>[0] = {}) => ({
  'GET /v1/restrictions': () => ({ status: 200, body: { items: [restriction({ member_id: memberId(2), ...more })] } }),
  'GET /v1/members': () => ({ status: 200, body: { items: [member] } }),
  'GET /v1/members/{member}/restriction': () => ({ status: 200, body: restriction({ member_id: memberId(2), ...more }) }),
})

test('below the requests stands who is frozen, with the day to look again, and the way to end it', async () => {
  const { asked } = serve(listed(frozen()))
  const { user } = await open('/o/yunwu/admin/requests')
  const table = within(await screen.findByRole('table', { name: 'Frozen data' }))
  expect(table.getByText('They want it so')).toBeTruthy()
  await user.click(await table.findByRole('button', { name: /^Unfreeze the data of / }))
  const dialog = within(await screen.findByRole('alertdialog'))
  expect(await dialog.findByText(/^They are told at once and can object/)).toBeTruthy()
  expect(dialog.queryByText(/tell them yourself/)).toBeNull()
  await user.click(dialog.getByRole('button', { name: 'Unfreeze in three days' }))
  await waitFor(() => expect(asked.some((call) => call.method === 'POST' && call.url === `/v1/members/${memberId(2)}/restriction/lift`)).toBe(true))
})

test('whoever was removed reads nothing here, and whoever ends it is told to tell them', async () => {
  serve(listed(frozen({ state: 'leaving' })))
  const { user } = await open('/o/yunwu/admin/requests')
  await user.click(await within(await screen.findByRole('table', { name: 'Frozen data' })).findByRole('button', { name: /^Unfreeze the data of / }))
  expect(await within(await screen.findByRole('alertdialog')).findByText(/tell them yourself/)).toBeTruthy()
})

test('an end that was said already is not said again', async () => {
  serve(listed(frozen(), { lifts_at: '2026-11-25T02:00:00Z' }))
  await open('/o/yunwu/admin/requests')
  const table = within(await screen.findByRole('table', { name: 'Frozen data' }))
  expect(table.getByText(/^ends /)).toBeTruthy()
  expect(table.queryByRole('button')).toBeNull()
})

test('at a request it is frozen where the request is answered', async () => {
  const { asked } = serve({
    'GET /v1/subject-requests': () => ({ status: 200, body: { items: [subjectRequest({ kind: 'restriction', member_id: memberId(2) })], open: 1, overdue: 0 } }),
  })
  const { user } = await open('/o/yunwu/admin/requests')
  await user.click(await screen.findByRole('button', { name: 'Open request K7QM-3XP2' }))
  await user.click(await within(await screen.findByRole('dialog')).findByRole('button', { name: 'Freeze their data …' }))
  const question = within(await screen.findByRole('alertdialog'))
  expect(question.getByText(/^Only at their word/)).toBeTruthy()
  await user.click(question.getByRole('button', { name: 'Freeze' }))
  await waitFor(() => expect(asked.find((call) => call.method === 'POST' && call.url === `/v1/members/${memberId(2)}/restriction`)?.body).toEqual({ reason: 'own_wish' }))
})
