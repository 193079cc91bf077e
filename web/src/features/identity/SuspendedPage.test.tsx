/** Organisations that whoever runs the server has suspended: which, whom to ask, and the ways on. */
import { screen, waitFor } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { problem, type MockState } from '../../../mock/handlers'
import { open, serve } from '../../../mock/render'

/** Everywhere one belongs, with these suspended. */
const shut = (...slugs: string[]) => (state: MockState) => {
  for (const place of state.session?.organisations ?? []) place.is_suspended = slugs.includes(place.slug)
}

test('the one whose page was opened is named, with the ways to the others', async () => {
  serve({}, shut('fenghe', 'yunwu'))
  const { router } = await open('/o/fenghe/messages')
  expect(await screen.findByRole('heading', { level: 1, name: /丰禾物流.* is suspended/ }, { timeout: 5000 })).toBeTruthy()
  expect(router.state.location.href).toBe('/suspended?organisation=fenghe')
  expect(screen.getByText(/Ask the administrators of your organisation;/)).toBeTruthy()
  expect(screen.queryByText(/云坞集团/)).toBeNull()
})

test('an open one is led to, and so are invitations', async () => {
  serve({}, (state) => {
    shut('yunwu')(state)
    state.session?.organisations.push({ id: 'o9', slug: 'hakka', name: 'Hakka Works', member_id: 'm9', role: 'member', state: 'invited', is_suspended: false, is_verified: false })
  })
  await open('/o/yunwu/messages')
  expect((await screen.findByRole('link', { name: /丰禾物流/ }, { timeout: 5000 })).getAttribute('href')).toBe('/o/fenghe/messages')
  expect(screen.getByRole('link', { name: 'Invitations' }).getAttribute('href')).toBe('/invitations')
  expect(screen.queryByRole('link', { name: /Hakka/ })).toBeNull()
})

test('without a name all that are suspended are named', async () => {
  serve({}, shut('fenghe', 'yunwu'))
  await open('/suspended')
  expect(await screen.findByRole('heading', { level: 1, name: 'Your organisations are suspended' }, { timeout: 5000 })).toBeTruthy()
  expect(screen.getAllByRole('listitem').map((item) => item.textContent)).toEqual(['云坞集团', '丰禾物流'])
  expect(screen.queryByRole('link', { name: 'Invitations' })).toBeNull()
})

test('looking again leads back into the organisation one came from, though it is not the first', async () => {
  const { state } = serve({}, shut('fenghe'))
  const { user, router } = await open('/o/fenghe/messages')
  const again = await screen.findByRole('button', { name: 'Look again' }, { timeout: 5000 })
  shut()(state)
  await user.click(again)
  await waitFor(() => expect(router.state.location.pathname).toBe('/o/fenghe/messages'))
})

test('the start leads to the one that was open last, when none is open', async () => {
  localStorage.setItem('organisation', 'fenghe')
  serve({}, shut('fenghe', 'yunwu'))
  const { router } = await open('/')
  await waitFor(() => expect(router.state.location.href).toBe('/suspended?organisation=fenghe'))
})

test('whoever is inside when it is suspended is led out with its name', async () => {
  const { state } = serve()
  const { router } = await open('/o/yunwu/people')
  await screen.findByRole('heading', { level: 1, name: 'Yunwu Group' })
  const assign = vi.fn<(to: string) => void>()
  vi.stubGlobal('location', { ...location, pathname: '/o/yunwu/people', search: '', assign })
  shut('yunwu')(state)
  await router.options.context.queries.refetchQueries({ queryKey: ['session'] })
  await waitFor(() => expect(assign).toHaveBeenCalledWith('/suspended?organisation=yunwu'))
})

/** On its way out, for an owner or for somebody else. */
const dissolving = (role: 'owner' | 'member') => (state: MockState) => {
  for (const place of state.session?.organisations.filter((one) => one.slug === 'yunwu') ?? []) Object.assign(place, { role, dissolves_at: '2027-01-30T10:00:00Z' })
}

test('an owner sees until when, and brings back with the password what is being dissolved (ORG-09)', async () => {
  let isProven = false
  const { asked } = serve({
    'POST /v1/session/proof': () => {
      isProven = true
      return { status: 204 }
    },
    'DELETE /v1/organisation/dissolution': (_, state) => {
      if (!isProven) return problem(403, 'identity.prove_again')
      for (const place of state.session?.organisations ?? []) delete place.dissolves_at
      return { status: 204 }
    },
  }, dissolving('owner'))
  const { user, router } = await open('/o/yunwu/people')
  expect(await screen.findByRole('heading', { level: 1, name: /云坞集团.* is being dissolved/ }, { timeout: 5000 })).toBeTruthy()
  expect(screen.getByText(/30 January 2027/)).toBeTruthy()
  await user.click(screen.getByRole('button', { name: /^Bring the organisation back: 云坞集团/ }))
  await user.type(await screen.findByLabelText('Password'), 'correct horse battery')
  await user.click(screen.getByRole('button', { name: 'Continue' }))
  await waitFor(() => expect(router.state.location.pathname).toBe('/o/yunwu/messages'))
  expect(asked.filter((call) => call.method !== 'GET' && call.url.startsWith('/v1/organisation')).map((call) => call.headers.get('tulou-organisation'))).toEqual(['yunwu', 'yunwu'])
})

test('that it cannot be brought back any more is said', async () => {
  serve({ 'DELETE /v1/organisation/dissolution': () => problem(409, 'hosting.not_dissolving') }, dissolving('owner'))
  const { user } = await open('/o/yunwu/people')
  await user.click(await screen.findByRole('button', { name: /Bring the organisation back/ }, { timeout: 5000 }))
  expect(await screen.findByText(/its time is over/)).toBeTruthy()
})

test('whoever owns nothing there is told whom to ask', async () => {
  serve({}, dissolving('member'))
  await open('/o/yunwu/people')
  expect(await screen.findByText(/ask them if you think this is a mistake/, {}, { timeout: 5000 })).toBeTruthy()
  expect(screen.queryByRole('button', { name: /Bring the organisation back/ })).toBeNull()
})

test('one that is suspended while it is being dissolved says until when, and is brought back too (ORG-09)', async () => {
  serve({}, (state) => {
    dissolving('owner')(state)
    shut('yunwu', 'fenghe')(state)
  })
  await open('/suspended')
  expect(await screen.findByRole('heading', { level: 1, name: /丰禾物流.* is suspended/ }, { timeout: 5000 })).toBeTruthy()
  expect(screen.getByRole('heading', { level: 2, name: /云坞集团.* is being dissolved/ })).toBeTruthy()
  expect(screen.getByText(/has suspended .*云坞集团.* too\. Until that is over nothing is erased/)).toBeTruthy()
  expect(screen.getByRole('button', { name: /Bring the organisation back: 云坞集团/ })).toBeTruthy()
  expect(screen.getAllByRole('heading', { level: 1 })).toHaveLength(1)
})

test('an owner takes people and the audit log along while it is being dissolved (ORG-09)', async () => {
  const saved = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined)
  vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: () => 'blob:kept', revokeObjectURL: () => undefined }))
  const { asked } = serve({
    'GET /v1/people-exports': () => ({ status: 200, body: { items: [], next: null } }),
    'POST /v1/people-exports': () => ({ status: 201, body: { id: 'x1', filter: { is_mine: false }, people: 3, state: 'ready', asked_at: '2026-11-22T02:00:00Z', until: '2026-11-23T02:00:00Z' } }),
    'POST /v1/people-exports/{people_export}/file': () => ({ status: 200, body: {} }),
    'POST /v1/audit/export': () => ({ status: 200, body: {} }),
  }, dissolving('owner'))
  const { user } = await open('/o/yunwu/people')
  await user.click(await screen.findByRole('button', { name: /^People: Excel, 云坞集团/ }, { timeout: 5000 }))
  await waitFor(() => expect(saved).toHaveBeenCalledTimes(1))
  await user.click(screen.getByRole('button', { name: /^Audit log: CSV, / }))
  await waitFor(() => expect(saved).toHaveBeenCalledTimes(2))
  const taken = asked.filter((call) => call.method === 'POST' && /file|export$/.test(call.url))
  expect(taken.map((call) => [call.url, call.headers.get('tulou-organisation')])).toEqual([['/v1/people-exports/x1/file', 'yunwu'], ['/v1/audit/export', 'yunwu']])
})

test('an export from before, since when people were added, is asked for anew (ORG-09)', async () => {
  const saved = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined)
  vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: () => 'blob:kept', revokeObjectURL: () => undefined }))
  const of = (id: string) => ({ id, filter: { is_mine: false }, people: 3, state: 'ready' as const, asked_at: '2026-11-22T02:00:00Z', until: '2026-11-23T02:00:00Z' })
  const { asked } = serve({
    'GET /v1/people-exports': () => ({ status: 200, body: { items: [of('old')], next: null } }),
    'POST /v1/people-exports': () => ({ status: 201, body: of('new') }),
    'POST /v1/people-exports/{people_export}/file': ({ path }) => (path.people_export === 'old' ? problem(409, 'people_exports.more_people_now') : { status: 200, body: {} }),
  }, dissolving('owner'))
  const { user } = await open('/o/yunwu/people')
  await user.click(await screen.findByRole('button', { name: /^People: CSV, / }, { timeout: 5000 }))
  await waitFor(() => expect(saved).toHaveBeenCalled())
  const exports = asked.filter((call) => call.url.startsWith('/v1/people-exports'))
  expect(exports.map((call) => [call.method, call.url])).toEqual([
    ['GET', '/v1/people-exports'],
    ['POST', '/v1/people-exports/old/file'],
    ['POST', '/v1/people-exports'],
    ['POST', '/v1/people-exports/new/file'],
  ])
  expect(exports.map((call) => call.headers.get('tulou-organisation'))).toEqual(['yunwu', 'yunwu', 'yunwu', 'yunwu'])
})

test('why nothing can be taken is said, and of one that is suspended too nothing is', async () => {
  const { state } = serve({
    'GET /v1/people-exports': () => ({ status: 200, body: { items: [], next: null } }),
    'POST /v1/people-exports': () => problem(409, 'people_exports.nobody_decides'),
  }, dissolving('owner'))
  const { user } = await open('/o/yunwu/people')
  await user.click(await screen.findByRole('button', { name: /^People: CSV, / }, { timeout: 5000 }))
  expect(await screen.findByText(/need a second administrator, and nobody comes in/)).toBeTruthy()
  shut('yunwu')(state)
  await user.click(screen.getByRole('button', { name: 'Look again' }))
  await waitFor(() => expect(screen.queryByRole('button', { name: /^People: CSV/ })).toBeNull())
})
