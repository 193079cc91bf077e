/** From wherever one is told "you may not" there is a way to somebody who may, and the rules are told without asking (ADM-08). */
import { screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { problem, type Handler } from '../../mock/handlers'
import { open, serve } from '../../mock/render'
import { stopAsking, takeQuestion } from './asking'

/** Somebody who may do nothing in the administration, and whose profile others change. */
const colleague: Record<string, Handler> = {
  'GET /v1/me': (_, state) => ({ status: 200, body: { ...state.members[1], may_edit: [], may: [] } }),
  'GET /v1/organisation': (_, state) => ({ status: 200, body: { ...state.organisation, contact: null, can: { edit: false, edit_periods: false } } }),
}

const HAN = '韩若棠'

beforeEach(stopAsking)

/** From a part of the page where it has several ways. */
async function ask(user: Awaited<ReturnType<typeof open>>['user'], part?: string) {
  const place = part === undefined ? screen : within(await screen.findByRole('region', { name: part }))
  await user.click(await place.findByRole('button', { name: 'Ask my administrator' }))
  return screen.findByRole('dialog', { name: 'Ask my administrator' })
}

test('the menu of the own picture leads to it: what is kept, where and how long, and whom to ask', async () => {
  serve(colleague)
  const { user } = await open('/o/yunwu/people')
  await user.click(await screen.findByRole('button', { name: /^Me:/ }))
  await user.click(await screen.findByRole('menuitem', { name: 'Ask my administrator' }))
  const dialog = await screen.findByRole('dialog', { name: 'Ask my administrator' })
  expect(await within(dialog).findByText(/office\.yunwu\.example/)).toBeTruthy()
  expect(within(dialog).getByText('360 days, then deleted')).toBeTruthy()
  expect(within(dialog).getByText('184 days, then deleted')).toBeTruthy()
  expect(within(dialog).getByText('In a folder of this server, encrypted')).toBeTruthy()
  await user.click(within(dialog).getByText('Everything that is kept, and until when'))
  expect(within(dialog).getByText('360 days, as your organisation chose · as long as the conversation is there')).toBeTruthy()
  expect(within(dialog).getByText('180 days after it is over')).toBeTruthy()
  expect(within(dialog).getByRole('button', { name: new RegExp(`Ask .*${HAN}`) })).toBeTruthy()
})

test('whoever is refused a page asks from there, and the question waits in the chat', async () => {
  serve(colleague)
  const { user, router } = await open('/o/yunwu/admin/people')
  const dialog = await ask(user)
  await user.click(await within(dialog).findByRole('button', { name: new RegExp(`Ask .*${HAN}`) }))
  await waitFor(() => expect(router.state.location.pathname).toMatch(/^\/o\/yunwu\/messages\/with\//))
  const member = router.state.location.pathname.split('/').at(-1) ?? ''
  expect(screen.queryByRole('dialog')).toBeNull()
  expect(takeQuestion(member)).toMatch(/^I would like to open this and may not: /)
  expect(takeQuestion(member)).toBeNull()
})

test('whoever meets something that is switched off asks from there', async () => {
  serve({ ...colleague, 'GET /v1/contacts': () => problem(403, 'applications.off') })
  const { user } = await open('/o/yunwu/people/contacts')
  await screen.findByRole('heading', { name: 'Your organisation has switched this off' })
  expect(await within(await ask(user)).findByRole('button', { name: new RegExp(HAN) })).toBeTruthy()
})

test('beside the fields of one’s profile that others change there is the way to them', async () => {
  serve(colleague)
  const { user } = await open('/o/yunwu/settings/profile')
  await screen.findAllByText('An administrator changes this.')
  expect(await ask(user, 'About me')).toBeTruthy()
})

test('the contact is copied: its name, and what one may see of the rest', async () => {
  serve(colleague)
  const { user } = await open('/o/yunwu/admin/people')
  const write = vi.spyOn(navigator.clipboard, 'writeText')
  await user.click(await within(await ask(user)).findByRole('button', { name: 'Copy contact' }))
  expect(await screen.findByText('Contact copied')).toBeTruthy()
  const copied = String(write.mock.calls[0]?.[0])
  expect(copied).toContain('沈知遥')
  expect(copied).not.toContain('13800132200')
})

test('whoever is the only one who answers is told so', async () => {
  serve({ 'GET /v1/whom-to-ask': () => ({ status: 200, body: { people: [], is_asked: true, contact_name: '沈知遥' } }) })
  const { user } = await open('/o/yunwu/settings/privacy')
  const dialog = await ask(user, 'Where is this kept, and for how long?')
  expect(await within(dialog).findByText(/there is nobody else here whom you could ask/)).toBeTruthy()
})

test('where nobody who answers is seen, the contact is named', async () => {
  serve({ ...colleague, 'GET /v1/whom-to-ask': () => ({ status: 200, body: { people: [], is_asked: false, contact_name: '沈知遥' } }) })
  const { user } = await open('/o/yunwu/admin/people')
  expect((await within(await ask(user)).findByText(/Nobody you can see here answers/)).textContent).toContain('沈知遥')
})

test('before the door nobody is named and nothing is asked of the server', async () => {
  const { asked } = serve({}, (state) => Object.assign(state, { session: null }))
  await open('/sign-in')
  expect(await screen.findByText(/An administrator of your organisation can give you/)).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Ask my administrator' })).toBeNull()
  expect(asked.some((call) => /whom-to-ask|storage/.test(call.url))).toBe(false)
})

test('what cannot be read is said, and can be tried again', async () => {
  serve({ ...colleague, 'GET /v1/whom-to-ask': () => problem(500, 'internal') })
  const { user } = await open('/o/yunwu/admin/people')
  const dialog = await ask(user)
  expect(await within(dialog).findByRole('button', { name: 'Try again' })).toBeTruthy()
})
