import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { problem, type Handler } from '../../mock/handlers'
import { open, serve } from '../../mock/render'

/** Somebody who may do nothing in the administration. */
const colleague: Record<string, Handler> = {
  'GET /v1/me': (_, state) => ({ status: 200, body: { ...state.members[1], may_edit: [], may: [] } }),
}

test('calls inside an organisation name it, and the first page opens where the address says', async () => {
  const { asked } = serve()
  await open('/o/yunwu/people')
  expect(await screen.findByRole('heading', { level: 1, name: 'Yunwu Group' })).toBeTruthy()
  const members = asked.find((call) => call.url.startsWith('/v1/members'))
  expect(members?.headers.get('tulou-organisation')).toBe('yunwu')
})

test('an organisation one does not belong to looks like nothing (ORG-02)', async () => {
  serve()
  await open('/o/elsewhere/people')
  expect(await screen.findByRole('heading', { level: 1, name: 'There is nothing here' })).toBeTruthy()
  expect(document.title).toBe('There is nothing here · Tulou')
})

test('without a sign-in every page leads to it and remembers the way', async () => {
  serve({}, (state) => Object.assign(state, { session: null }))
  const { router } = await open('/o/yunwu/people')
  await waitFor(() => expect(router.state.location.pathname).toBe('/sign-in'))
  expect(router.state.location.href).toContain('next=')
})

test('no entry for a module that is not there, no administration for members', async () => {
  serve(colleague)
  await open('/o/yunwu/people')
  await screen.findByRole('heading', { level: 1 })
  expect(screen.queryByRole('link', { name: 'Admin' })).toBeNull()
  expect(screen.queryByRole('link', { name: /Calendar|Drive|Meetings/ })).toBeNull()
})

test('a page that only administrators can open has its title and heading, and names the organisation in the reader’s language', async () => {
  serve(colleague)
  await open('/o/yunwu/admin/people')
  expect(await screen.findByRole('heading', { level: 1, name: 'Only administrators can open this' })).toBeTruthy()
  expect(screen.getByText(/administrator of Yunwu Group/)).toBeTruthy()
  await waitFor(() => expect(document.title).toContain('Administration · Yunwu Group'))
})

test('a failure says its number and can be repeated', async () => {
  let isBroken = true
  const { asked } = serve({ 'GET /v1/departments': (_, state) => (isBroken ? problem(500, 'internal') : { status: 200, body: { items: state.departments } }) })
  const { user } = await open('/o/yunwu/people')
  expect(await screen.findByText(/0192f7a0-7f3a/)).toBeTruthy()
  isBroken = false
  await user.click(screen.getByRole('button', { name: 'Try again' }))
  expect(await screen.findByRole('heading', { level: 1, name: 'Yunwu Group' })).toBeTruthy()
  expect(asked.length).toBeGreaterThan(3)
})
