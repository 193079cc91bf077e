import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { announcement } from '../../mock/announcements'
import type { Handler } from '../../mock/handlers'
import { open, serve } from '../../mock/render'
import type { Announcement } from '~/api/types'

/** These wait until they are read or confirmed. */
function waitingFor(all: Announcement[]): Record<string, Handler> {
  const left = [...all]
  return {
    'GET /v1/announcements': () => ({ status: 200, body: { items: left.slice(0, 1), waiting: left.length } }),
    'POST /v1/announcements/{announcement}/read': () => {
      left.shift()
      return { status: 204 }
    },
  }
}

test('what waits stands at the top until it is closed; then the one before it, then nothing (KNW-01)', async () => {
  const { asked } = serve(waitingFor([announcement({ id: 'b2', title: 'Canteen' }), announcement({ title: 'Lift' })]))
  const { user } = await open('/o/yunwu/people')
  const banner = within(await screen.findByRole('region', { name: 'Announcement' }))
  expect(banner.getByText('Canteen')).toBeTruthy()
  expect(banner.getByRole('link', { name: 'Read it, and 1 more' }).getAttribute('href')).toBe('/o/yunwu/announcements')
  await user.click(banner.getByRole('button', { name: 'Close the announcement' }))
  expect(asked.find((call) => call.method === 'POST' && call.url.endsWith('/read'))).toMatchObject({ url: '/v1/announcements/b2/read', body: { confirms: false, revision: 1 } })
  expect(await screen.findByText('Lift')).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Close the announcement' }))
  await waitFor(() => expect(screen.queryByRole('region', { name: 'Announcement' })).toBeNull())
  await waitFor(() => expect(document.activeElement?.tagName, 'the keyboard goes on with the page').toBe('MAIN'))
})

test('one that must be confirmed is not closed, nor confirmed where its text is not shown; it is said when it comes', async () => {
  serve(waitingFor([announcement({ title: 'Fire drill', must_be_confirmed: true })]))
  await open('/o/yunwu/people')
  const banner = within(await screen.findByRole('region', { name: 'Announcement' }))
  expect(banner.queryByRole('button')).toBeNull()
  expect(banner.getByRole('link', { name: 'Read it' })).toBeTruthy()
  expect(await screen.findByText('Announcement: Fire drill')).toBeTruthy()
})

test('a refusal is said, and the announcement stays', async () => {
  serve({ ...waitingFor([announcement({ title: 'Canteen' })]), 'POST /v1/announcements/{announcement}/read': () => ({ status: 503, body: { code: 'x', status: 503 } }) })
  const { user } = await open('/o/yunwu/people')
  await user.click(await screen.findByRole('button', { name: 'Close the announcement' }))
  expect(await screen.findByText(/cannot do this right now/)).toBeTruthy()
  expect(screen.getByRole('region', { name: 'Announcement' })).toBeTruthy()
})
