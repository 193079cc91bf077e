import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { open, serve } from '../../../../mock/render'

const act = (more: object) => ({ id: 'a1', kind: 'directory.give_owner', details: { member: 'gone' }, needs: 'second', state: 'open', asked_by: 'gone', asked_at: '2026-11-22T02:00:00Z', due_at: '2026-11-23T02:00:00Z', can: { decide: false, cancel: false }, ...more })

test('whoever asked reads why it could not be done, and who is gone is called so (ORG-03)', async () => {
  serve({
    'GET /v1/sensitive-acts': () => ({ status: 200, body: { items: [act({ state: 'failed', code: 'directory.not_active' }), act({ id: 'a2', state: 'failed', code: 'forbidden' })], next: null } }),
  })
  await open('/o/yunwu/admin/decisions')
  expect(await screen.findByText('This person is not active.')).toBeTruthy()
  expect(screen.getByText('Whoever asked may not do it any more.')).toBeTruthy()
  expect((await screen.findAllByText('Make Former member an owner of the organisation')).length).toBe(2)
})

test('whoever does not see everybody cannot tell who is hidden from who is gone', async () => {
  serve({
    'GET /v1/me': (_, state) => ({ status: 200, body: { ...state.members[0], may_edit: [], may: ['content.retention'], has_part: false } }),
    'GET /v1/sensitive-acts': () => ({ status: 200, body: { items: [act({})], next: null } }),
  })
  await open('/o/yunwu/admin/decisions')
  expect(await screen.findByText('Make Somebody an owner of the organisation')).toBeTruthy()
})

test('whoever refuses may say why, and whoever asked reads it (ORG-03)', async () => {
  const decided: object[] = []
  serve({
    'GET /v1/sensitive-acts': () => ({ status: 200, body: { items: [act(decided.length === 0 ? { can: { decide: true, cancel: false } } : { state: 'refused', reason: 'Not before spring' })], next: null } }),
    'POST /v1/sensitive-acts/{act}/refuse': ({ body }) => {
      decided.push(body)
      return { status: 200, body: act({ state: 'refused' }) }
    },
  })
  const { user } = await open('/o/yunwu/admin/decisions')
  await user.click(await screen.findByRole('button', { name: 'Refuse' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Refuse this?' }))
  await user.type(dialog.getByLabelText('Reason'), 'Not before spring')
  await user.click(dialog.getByRole('button', { name: 'Refuse' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(decided).toEqual([{ reason: 'Not before spring' }])
  expect(await screen.findByText(/^Reason: .*Not before spring/)).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Refuse' })).toBeNull()
})

test('whoever cannot approve is told why, and who can and from when (ORG-03)', async () => {
  const [asked, due] = [-1, 23].map((hours) => new Date(Date.now() + hours * 3_600_000).toISOString())
  serve({
    'GET /v1/sensitive-acts': (_, state) => {
      const [me, other] = state.members.map(({ id }) => id)
      const one = (id: string, more: object) => act({ id, asked_by: other, asked_at: asked, due_at: due, details: { member: other }, can: { decide: false, cancel: true }, ...more })
      const items = [
        one('new', { kind: 'directory.take_owner' }),
        one('asked', { kind: 'directory.lengthen_retention', details: { from: 90, to: 360 }, asked_by: me }),
        one('mine', { details: { member: me } }),
        one('decides', { kind: 'dissolution.dissolve_organisation', details: { people: 8 }, can: { decide: true, cancel: true } }),
        one('waits', { kind: 'people_exports.export_people', details: { people: 600 }, needs: 'time' }),
      ]
      return { status: 200, body: { items, next: null } }
    },
  })
  await open('/o/yunwu/admin/decisions')
  const card = async (title: RegExp) => within((await screen.findByText(title)).closest('article') ?? document.createElement('article'))
  expect((await card(/is to be an owner no longer/)).getByText(/^You count as a second one a day after/)).toBeTruthy()
  expect((await card(/Keep messages for 360/)).getByText(/^You asked for this: somebody else decides/)).toBeTruthy()
  expect((await card(/^Make .* an owner/)).getByText(/^You would become an owner by this/)).toBeTruthy()
  expect((await card(/Dissolve the organisation/)).getByRole('button', { name: 'Approve' })).toBeTruthy()
  for (const title of [/Dissolve the organisation/, /Take 600 people/]) expect((await card(title)).queryByText(/^You (count|asked|would)/)).toBeNull()
})
