import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { Handler } from '../../../mock/handlers'
import { open, serve } from '../../../mock/render'

/** The page; what the server knows of the organisation is changed by `put`, and told from then on. */
async function page(own: Record<string, Handler> = {}) {
  const { asked, state } = serve(own, (fresh) => Object.assign(fresh.organisation, { revision: 5 }))
  const { user } = await open('/o/yunwu/admin/organisation')
  const name = await screen.findByRole<HTMLInputElement>('textbox', { name: 'Name in English' })
  const save = () => user.click(screen.getAllByRole('button', { name: 'Save' })[0] ?? name)
  return { asked, state, user, name, save }
}

test('what one saved oneself is at no time shown as what somebody else changed', async () => {
  const shown: boolean[] = []
  const see = () => shown.push(screen.queryByText('What they changed:') !== null)
  const { name, user, save } = await page({
    'PATCH /v1/organisation': ({ body }, state) => ({ status: 200, body: { ...Object.assign(state.organisation, body, { revision: 6 }) } }),
    'GET /v1/organisation': (_, state) => {
      see()
      return { status: 200, body: { ...state.organisation } }
    },
  })
  const watch = new MutationObserver(see)
  watch.observe(document.body, { subtree: true, childList: true })
  await user.clear(name)
  await user.type(name, ' Cloud ')
  await save()
  await screen.findByText('Saved')
  await waitFor(() => expect(shown.length).toBeGreaterThan(1))
  watch.disconnect()
  expect(shown).not.toContain(true)
})

test('whoever comes second sees what the other one changed, with what they wrote themselves still there', async () => {
  const { name, user, save } = await page({
    'PATCH /v1/organisation': (_, state) => {
      Object.assign(state.organisation, { name_zh: '云', revision: 6 })
      return { status: 412, body: { status: 412, code: 'directory.changed_meanwhile' } }
    },
    'GET /v1/organisation': (_, state) => ({ status: 200, body: { ...state.organisation } }),
  })
  await user.type(name, ' Cloud')
  await save()
  expect(await screen.findByText('What they changed:')).toBeTruthy()
  expect(name.value).toMatch(/ Cloud$/)
  expect(screen.getByRole('textbox', { name: 'Name in Chinese' })).toHaveProperty('value', '云')
})

test('the short name is told, with the address at which people sign in', async () => {
  await page()
  const place = screen.getByRole('region', { name: 'Where people sign in' })
  expect(within(place).getByText('yunwu')).toBeTruthy()
  expect(within(place).getByText(`${location.origin}/sign-in?organisation=yunwu`)).toBeTruthy()
})
