import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { filePolicy } from '../../../../mock/handlers'
import { health } from '../../../../mock/records'
import { open, serve } from '../../../../mock/render'

test('what waits leads to where it is done, and numbers are said in words too (ADM-01)', async () => {
  serve()
  await open('/o/yunwu/admin/overview')
  const waiting = await screen.findByText('Decisions that wait for a second administrator or for their day')
  const line = waiting.closest('li')
  expect(line && within(line).getByRole('link', { name: 'Look' }).getAttribute('href')).toBe('/o/yunwu/admin/decisions')
  const table = await screen.findByRole('table', { name: 'Messages a day' })
  expect(within(table).getAllByRole('row').length).toBe(5)
  expect(within(table).getByText('611')).toBeTruthy()
})

test('only invitations that can still be used are open', async () => {
  const states = ['open', 'revoked', 'used_up', 'expired'].map((state, n) => ({ id: `${n}`, created_by: 'm1', created_at: null, department_id: null, expires_at: '2026-12-01T00:00:00Z', uses: 0, max_uses: 5, state }))
  serve({ 'GET /v1/invitations': () => ({ status: 200, body: { items: states } }) })
  await open('/o/yunwu/admin/overview')
  const line = (await screen.findByText('Invitations that are open')).closest('li')
  expect(line?.textContent).toBe('Invitations that are open1Look')
})

test('where nothing waits it says so', async () => {
  const nothing = () => ({ status: 200, body: { items: [], next: null } })
  serve({
    'GET /v1/sensitive-acts': nothing,
    'GET /v1/imports': nothing,
    'GET /v1/invitations': nothing,
    'GET /v1/hand-overs': nothing,
    'GET /v1/jobs': nothing,
    'GET /v1/health': () => ({ status: 200, body: { ...health, checks: health.checks.filter((check) => check.state === 'ok') } }),
  })
  await open('/o/yunwu/admin/overview')
  expect(await screen.findByText('Nothing waits')).toBeTruthy()
})

test('every state people are in is counted, and each number leads to them (ADM-01)', async () => {
  serve({ 'GET /v1/members/count': ({ query }) => ({ status: 200, body: { count: query.get('state') === 'disabled' ? 3 : 0, letters: [] } }) })
  await open('/o/yunwu/admin/overview')
  expect((await screen.findByRole('link', { name: 'Disabled: 3' })).getAttribute('href')).toBe('/o/yunwu/admin/people?state=disabled')
  expect(screen.getByRole('link', { name: 'Leaving: 0' })).toBeTruthy()
})

test('limits of whoever runs the server are said where one looks for how much there is (ADM-01)', async () => {
  serve({
    'GET /v1/members/room': () => ({ status: 200, body: { people: 47, most_people: 48 } }),
    'GET /v1/file-policy': () => ({ status: 200, body: { ...filePolicy, most_bytes: 1024 ** 3, room_bytes: 1024 ** 3 } }),
  })
  await open('/o/yunwu/admin/overview')
  expect(await screen.findByText(/at most 48 people/)).toBeTruthy()
  expect(await screen.findByText('of 1 GiB, the limit of whoever runs this server')).toBeTruthy()
  expect(screen.getByText('Little room is left for files')).toBeTruthy()
})

test('where the last place is taken, it is said before somebody is added', async () => {
  serve({ 'GET /v1/members/room': () => ({ status: 200, body: { people: 48, most_people: 48 } }) })
  await open('/o/yunwu/admin/people')
  expect(await screen.findByText(/Nobody can be added or invited/)).toBeTruthy()
})
