/** Organisations that whoever runs the server has suspended: which, whom to ask, and the ways on. */
import { screen, waitFor } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import type { MockState } from '../../../mock/handlers'
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
