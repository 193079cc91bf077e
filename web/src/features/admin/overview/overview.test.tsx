import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
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
