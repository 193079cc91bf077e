import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { announcement } from '../../../mock/announcements'
import { memberId } from '../../../mock/company'
import { problem, type Handler } from '../../../mock/handlers'
import { open, serve } from '../../../mock/render'
import type { Announcement } from '~/api/types'

const PAGE = '/o/yunwu/announcements'
const these = (...items: Announcement[]): Record<string, Handler> => ({ 'GET /v1/announcements': () => ({ status: 200, body: { items, waiting: 0 } }) })

test('each says who wrote it, what it says, and what one is asked to do (KNW-01)', async () => {
  const { asked } = serve(
    these(
      announcement({ id: 'b3', title: 'Fire drill', must_be_confirmed: true, is_read: true, revision: 4 }),
      announcement({ id: 'b2', title: 'Canteen' }),
      announcement({ id: 'b1', title: 'Lift', text: undefined, state: 'withdrawn', is_read: true }),
      announcement({ id: 'b0', title: 'Mine', author_id: memberId(1), is_read: true }),
    ),
  )
  const { user } = await open(PAGE)
  const of = (title: string) => within(screen.getByRole('heading', { level: 2, name: title }).closest('article') ?? document.body)
  expect(await screen.findByRole('heading', { level: 2, name: 'Fire drill' })).toBeTruthy()
  expect(of('Fire drill').getByText('to be confirmed')).toBeTruthy()
  expect(of('Canteen').getByText('unread')).toBeTruthy()
  expect(of('Lift').getByText('withdrawn')).toBeTruthy()
  for (const title of ['Lift', 'Mine']) expect(of(title).queryByRole('button')).toBeNull()
  await user.click(of('Fire drill').getByRole('button', { name: 'Got it' }))
  expect(asked.find((call) => call.method === 'POST' && call.url === '/v1/announcements/b3/read')?.body).toEqual({ confirms: true, revision: 4 })
  await user.click(of('Canteen').getByRole('button', { name: 'Mark as read' }))
  expect(asked.find((call) => call.method === 'POST' && call.url === '/v1/announcements/b2/read')?.body).toEqual({ confirms: false, revision: 1 })
})

test('one that was changed meanwhile is not confirmed: it is shown as it is now', async () => {
  let text = 'At ten.'
  serve({
    'GET /v1/announcements': () => ({ status: 200, body: { items: [announcement({ title: 'Fire drill', text, must_be_confirmed: true })], waiting: 1 } }),
    'POST /v1/announcements/{announcement}/read': () => problem(412, 'announcements.changed_meanwhile'),
  })
  const { user } = await open(PAGE)
  const confirm = await screen.findByRole('button', { name: 'Got it' })
  text = 'At eleven.'
  await user.click(confirm)
  expect(await screen.findByText(/changed in the meantime. Read it as it is now/)).toBeTruthy()
  expect(await screen.findByText('At eleven.')).toBeTruthy()
})

test('addresses in the text can be opened, what ends the sentence is no part of them, and nothing else is a link', async () => {
  serve(these(announcement({ text: 'See https://a.example/x?y=1. Or javascript:alert(1), (https://b.example/z)\n<b>bold</b>' })))
  await open(PAGE)
  const card = within((await screen.findByRole('heading', { level: 2 })).closest('article') ?? document.body)
  expect(card.getAllByRole('link').map((link) => link.getAttribute('href'))).toEqual(['https://a.example/x?y=1', 'https://b.example/z'])
  expect(card.getByText(/<b>bold<\/b>/)).toBeTruthy()
})

test('without any it says so, and what could not be read can be tried again', async () => {
  let isBroken = true
  serve({ 'GET /v1/announcements': () => (isBroken ? problem(500, 'internal') : { status: 200, body: { items: [], waiting: 0 } }) })
  const { user } = await open(PAGE)
  isBroken = false
  await user.click(await screen.findByRole('button', { name: 'Try again' }))
  expect(await screen.findByRole('heading', { name: 'No announcements' })).toBeTruthy()
})

test('the bell leads there', async () => {
  serve({}, (state) => {
    state.notifications = [{ id: 'n9', kind: 'system', at: '2026-11-22T10:12:00Z', is_read: false, ref: { kind: 'announcements.announcement', id: 'b1', seq: 1 }, actor_id: memberId(4), text: 'announced' }]
  })
  await open('/o/yunwu/notifications')
  const line = await screen.findByRole('link', { name: /announced something/ })
  expect(line.getAttribute('href')).toBe(PAGE)
  expect(screen.getByRole('link', { name: 'Announcements' }).getAttribute('href')).toBe(PAGE)
})
