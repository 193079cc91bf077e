/** However a sign-in ends while a page is being opened, one is led to the sign-in page, which says why (ACC-10, ACC-11). */
import { screen, waitFor } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { problem, type Handler } from '../../mock/handlers'
import { open, serve } from '../../mock/render'
import { newQueries } from '../router'
import { depart } from './departure'

/** Opens the page on these answers, and says where one was sent. */
async function sent(path: string, own: Record<string, Handler>) {
  serve(own)
  const assign = vi.fn<(to: string) => void>()
  vi.stubGlobal('location', { ...location, assign })
  await open(path)
  await waitFor(() => expect(assign).toHaveBeenCalled(), { timeout: 5_000 })
  expect(screen.queryByText(/Only administrators|could not be loaded/)).toBeNull()
  expect(assign).toHaveBeenCalledTimes(1)
  return assign.mock.calls[0]?.[0]
}

const SIGNED_OUT = () => problem(401, 'unauthenticated')
const BACK = '/sign-in?next=%2Fo%2Fyunwu%2Fpeople&bye=ended'

test.each(['/v1/organisation', '/v1/me', '/v1/notifications', '/v1/hints'])('a page whose reading of %s is refused leads out, with the way back', async (path) => {
  const named = path === '/v1/hints' ? 'GET /v1/me/hints' : `GET ${path}`
  expect(await sent('/o/yunwu/people', { [named]: SIGNED_OUT })).toBe(BACK)
})

test.each([
  ['suspended', 'suspended'],
  ['disabled', 'disabled'],
  ['leaving', 'left'],
])('whoever is %s while the page loads is told so, and not that only administrators can open it', async (state, bye) => {
  expect(await sent('/o/yunwu/people', { 'GET /v1/me': () => problem(403, `identity.${state}`) })).toBe(`/sign-in?bye=${bye}`)
})

test('one departs once, and for the best reason that is known by then', async () => {
  serve()
  const assign = vi.fn<(to: string) => void>()
  vi.stubGlobal('location', { ...location, assign })
  const queries = newQueries()
  depart(queries, { why: 'ended', to: '/sign-in?bye=ended' })
  depart(queries, { why: 'told', to: '/sign-in?bye=suspended' })
  depart(queries, { why: 'ended', to: '/sign-in?bye=ended' })
  await waitFor(() => expect(assign.mock.calls).toEqual([['/sign-in?bye=suspended']]), { timeout: 5_000 })
})

test('where one stands in an organisation is looked at before anything of it is asked for', async () => {
  const { asked } = serve({}, (state) => state.session?.organisations.forEach((place) => Object.assign(place, { state: 'disabled' })))
  const { router } = await open('/o/yunwu/people')
  await waitFor(() => expect(router.state.location.href).toBe('/sign-in?bye=disabled'))
  expect(await screen.findByText(/An administrator has disabled this account for a while/)).toBeTruthy()
  expect(asked.some(({ url }) => url.startsWith('/v1/me'))).toBe(false)
})

test('a refusal that is about no permission says what it is about', async () => {
  serve({ 'GET /v1/departments': () => problem(403, 'privacy.accept_statement') })
  await open('/o/yunwu/people')
  expect(await screen.findByText('Accept the privacy statement first.')).toBeTruthy()
  expect(screen.queryByText(/Only administrators/)).toBeNull()
})
