/** An owner asks to dissolve the organisation, and sees that it waits (ORG-09). */
import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { problem, type Handler } from '../../../../mock/handlers'
import { open, serve } from '../../../../mock/render'

const ASK = 'POST /v1/organisation/dissolution'
const act = { id: 'a9', kind: 'dissolution.dissolve_organisation', details: { people: 42 }, needs: 'second', state: 'open', asked_by: 'm1', asked_at: '2026-11-22T02:00:00Z', due_at: '2026-11-23T02:00:00Z', can: { decide: false, cancel: true } }

async function page(own: Record<string, Handler> = {}) {
  const { asked } = serve({ 'GET /v1/sensitive-acts': () => ({ status: 200, body: { items: [], next: null } }), ...own })
  const { user } = await open('/o/yunwu/admin/organisation')
  await screen.findByRole('heading', { level: 1, name: 'Organisation' }, { timeout: 5000 })
  return { asked, user }
}

const section = async () => within((await screen.findByRole('heading', { level: 2, name: 'Dissolve the organisation' }, { timeout: 5000 })).closest('section') ?? document.body)

test('what would go is said in numbers, and nothing is asked before the name is typed', async () => {
  const { asked, user } = await page({ [ASK]: ({ body }) => (body.name === '云坞集团' ? { status: 202, body: act } : problem(422, 'invalid', { field: 'name', why: 'not_its_name' })) })
  const seen = await section()
  expect((await seen.findByText('People', { selector: 'dt' })).nextSibling?.textContent).toBe('42')
  await user.click(seen.getByRole('button', { name: 'Dissolve …' }))
  const dialog = within(await screen.findByRole('dialog', { name: /^Dissolve / }))
  await user.click(dialog.getByRole('button', { name: 'Ask for it' }))
  expect(await dialog.findByText('This is needed.')).toBeTruthy()
  expect(asked.some((call) => call.method === 'POST' && call.url.endsWith('/dissolution'))).toBe(false)
  await user.type(dialog.getByLabelText('Name of the organisation'), 'Fenghe')
  await user.click(dialog.getByRole('button', { name: 'Ask for it' }))
  expect(await dialog.findByText('That is not the name of the organisation.')).toBeTruthy()
  await user.clear(dialog.getByLabelText('Name of the organisation'))
  await user.type(dialog.getByLabelText('Name of the organisation'), '云坞集团')
  await user.click(dialog.getByRole('button', { name: 'Ask for it' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(screen.getByText('Asked for. It waits under Decisions.')).toBeTruthy()
})

test('what can be taken away before is named, with the way to it (ORG-09)', async () => {
  await page()
  const seen = await section()
  expect((await seen.findByRole('link', { name: 'People' })).getAttribute('href')).toBe('/o/yunwu/admin/people')
  expect(seen.getByRole('link', { name: 'Audit log' }).getAttribute('href')).toBe('/o/yunwu/admin/audit')
})

test('the password is asked for first', async () => {
  const { user } = await page({ [ASK]: () => problem(403, 'identity.prove_again') })
  await user.click(await (await section()).findByRole('button', { name: 'Dissolve …' }))
  await user.type(await screen.findByLabelText('Name of the organisation'), '云坞集团')
  await user.click(screen.getByRole('button', { name: 'Ask for it' }))
  expect(await screen.findByRole('dialog', { name: 'Your password again' })).toBeTruthy()
})

test('while it waits that is said, with the way to where it is decided', async () => {
  await page({ 'GET /v1/sensitive-acts': () => ({ status: 200, body: { items: [act], next: null } }) })
  const seen = await section()
  expect(await seen.findByText(/A second administrator decides until/)).toBeTruthy()
  expect(seen.getByRole('link', { name: 'Decisions' }).getAttribute('href')).toBe('/o/yunwu/admin/decisions')
  expect(seen.queryByRole('button', { name: 'Dissolve …' })).toBeNull()
})

test('what cannot be read is said, and tried again', async () => {
  let isBroken = true
  const { user } = await page({ 'GET /v1/organisation/dissolution': () => (isBroken ? problem(500, 'internal') : { status: 200, body: { people: 42, departments: 9, file_bytes: 0 } }) })
  const again = await (await section()).findByRole('button', { name: 'Try again' })
  isBroken = false
  await user.click(again)
  expect(await (await section()).findByRole('button', { name: 'Dissolve …' })).toBeTruthy()
})

test('whoever does not own it is not offered to end it', async () => {
  await page({ 'GET /v1/me': (_, state) => ({ status: 200, body: { ...state.members[0], may_edit: [], may: ['organisation.edit', 'acts.decide'] } }) })
  await screen.findByRole('heading', { level: 2, name: 'Talking' })
  expect(screen.queryByRole('heading', { level: 2, name: 'Dissolve the organisation' })).toBeNull()
})
