import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { problem, type Handler } from '../../../../mock/handlers'
import { open, serve } from '../../../../mock/render'
import { requestHandlers, subjectRequest } from '../../../../mock/requests'

const PAGE = '/o/yunwu/admin/requests'

test('the board says until when each is to be answered, and which are late (DSR-10)', async () => {
  const late: (state: 'past_target' | 'past_limit') => Partial<ReturnType<typeof subjectRequest>> = (lateness) => ({ due: { target_at: '2026-11-01T02:00:00Z', limit_at: '2026-11-06T16:00:00Z', lateness } })
  const { asked } = serve({
    'GET /v1/subject-requests': () => ({ status: 200, body: { items: [subjectRequest({ id: 'q3', number: 'AAAA-AAAA', ...late('past_limit') }), subjectRequest({ id: 'q2', number: 'BBBB-BBBB', ...late('past_target') }), subjectRequest()], open: 3, overdue: 2 } }),
  })
  const { user } = await open(PAGE)
  const table = within(await screen.findByRole('table', { name: 'Privacy requests' }))
  expect(table.getByText('past the limit')).toBeTruthy()
  expect(table.getByText('late')).toBeTruthy()
  expect(table.getAllByRole('row')).toHaveLength(4)
  await user.click(screen.getByRole('button', { name: 'Show' }))
  await waitFor(() => expect(asked.some((call) => call.url.startsWith('/v1/subject-requests?') && call.url.includes('is_overdue=true'))).toBe(true))
})

test('a request goes from the identity to the answer, and the words begin as a draft (DSR-09)', async () => {
  let now: unknown = subjectRequest()
  const step = (end: string): [string, Handler] => {
    const key = `POST /v1/subject-requests/{subject_request}/${end}`
    const does: Handler = (request, state) => {
      const answer = requestHandlers[key]?.(request, state) ?? { status: 500 }
      now = answer.body
      return answer
    }
    return [key, does]
  }
  const { asked } = serve({
    'GET /v1/subject-requests': () => ({ status: 200, body: { items: [now], open: 1, overdue: 0 } }),
    ...Object.fromEntries([step('check-identity'), step('take-up'), step('finish')]),
  })
  const { user } = await open(PAGE)
  await user.click(await screen.findByRole('button', { name: 'Open request K7QM-3XP2' }))
  const dialog = within(await screen.findByRole('dialog'))
  expect(dialog.getByText('+86 139 0000 0000')).toBeTruthy()
  expect(dialog.queryByRole('button', { name: 'Take it up' })).toBeNull()
  await user.click(dialog.getByRole('radio', { name: /In person/ }))
  await user.click(dialog.getByRole('button', { name: 'It is known who asks' }))
  await user.click(await dialog.findByRole('button', { name: 'Take it up' }))
  await user.click(await dialog.findByRole('button', { name: 'Answer' }))
  const words = await dialog.findByLabelText('What they read')
  expect(words).toHaveProperty('value', 'It was done.')
  await user.type(words, ' By us.')
  await user.click(dialog.getByRole('button', { name: 'Send' }))
  await waitFor(() => expect(dialog.getByText('It was done. By us.')).toBeTruthy())
  const sent = (end: string) => asked.find((call) => call.url === `/v1/subject-requests/q1/${end}`)?.body
  expect(sent('check-identity')).toEqual({ proof: 'in_person', member_id: null })
  expect(sent('finish')).toEqual({ outcome: 'answered', text: 'It was done. By us.', ground: null, forwarded_to: null })
})

test('what is refused by the server is said where one is', async () => {
  serve({ 'POST /v1/subject-requests/{subject_request}/finish': () => problem(409, 'requests.delay_unexplained') })
  const { user } = await open(PAGE)
  await user.click(await screen.findByRole('button', { name: 'Open request K7QM-3XP2' }))
  const dialog = within(await screen.findByRole('dialog'))
  await user.click(dialog.getByRole('button', { name: 'Refuse or forward' }))
  await user.type(await dialog.findByLabelText('Who has it now'), 'Rival Ltd')
  await user.click(dialog.getByRole('button', { name: 'Send' }))
  expect(await dialog.findByText(/Explain the delay first/)).toBeTruthy()
})

test('whoever may not answer requests is told so', async () => {
  serve({ 'GET /v1/subject-requests': () => problem(403, 'forbidden') })
  await open(PAGE)
  expect(await screen.findByText(/Requests are answered by those who may change people everywhere/)).toBeTruthy()
})

test('drafts that cannot be read are read again', async () => {
  let isWell = false
  serve({ 'GET /v1/subject-requests/{subject_request}/drafts': (request, state) => (isWell ? (requestHandlers['GET /v1/subject-requests/{subject_request}/drafts']?.(request, state) ?? { status: 500 }) : problem(500, 'internal')) })
  const { user } = await open(PAGE)
  await user.click(await screen.findByRole('button', { name: 'Open request K7QM-3XP2' }))
  const dialog = within(await screen.findByRole('dialog'))
  await user.click(dialog.getByRole('button', { name: 'Explain a delay' }))
  const again = await dialog.findByRole('button', { name: 'Try again' })
  isWell = true
  await user.click(again)
  expect(await dialog.findByLabelText('Why it takes longer')).toHaveProperty('value', 'It takes longer.')
})
