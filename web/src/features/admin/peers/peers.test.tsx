/** Peer organisations are asked, accepted and ended, and somebody says who speaks with them (XORG-02, XORG-03). */
import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { Peer, PeerSpeakers } from '~/api/types'
import { problem, type Handler } from '../../../../mock/handlers'
import { open, serve } from '../../../../mock/render'

const PAGE = '/o/yunwu/admin/peers'
const peer = (more: Partial<Peer> = {}): Peer => ({
  id: 'o2', name: '丰禾物流', name_zh: '丰禾物流', name_en: 'Fenghe Logistics', is_verified: true, state: 'connected', is_at_rest: false, changed_at: '2026-11-20T02:00:00Z', revision: 7, ...more,
})
const shows = (items: Peer[], is_verified = true): Record<string, Handler> => ({ 'GET /v1/peers': () => ({ status: 200, body: { items, is_verified } }) })

test('an organisation is asked by its short name, with the contact it is to see', async () => {
  const { asked } = serve({ 'POST /v1/peers': () => ({ status: 200, body: { items: [], is_verified: true } }) })
  const { user } = await open(PAGE)
  expect(await screen.findByText('No peer organisations yet')).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Ask an organisation' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Ask an organisation' }))
  await user.click(dialog.getByRole('button', { name: 'Ask' }))
  expect(await dialog.findByText('This is needed.')).toBeTruthy()
  await user.type(dialog.getByLabelText('Short name of the organisation'), 'fenghe')
  await user.type(dialog.getByLabelText('Contact name'), '沈知遥')
  await user.click(dialog.getByRole('button', { name: 'Ask' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(asked.find((one) => one.method === 'POST')?.body).toEqual({ slug: 'fenghe', contact: { name: '沈知遥', phone: null, email: null } })
})

test('one that cannot be asked is said in its words, and what was typed stays', async () => {
  serve({ 'POST /v1/peers': () => problem(409, 'peers.cannot_be_asked') })
  const { user } = await open(PAGE)
  await user.click(await screen.findByRole('button', { name: 'Ask an organisation' }))
  const dialog = within(await screen.findByRole('dialog'))
  const field = dialog.getByLabelText<HTMLInputElement>('Short name of the organisation')
  await user.type(field, 'nobody')
  await user.click(dialog.getByRole('button', { name: 'Ask' }))
  expect((await dialog.findByRole('alert')).textContent).toContain('No verified organisation')
  expect(field.value).toBe('nobody')
})

test('a request is accepted with what was seen, or declined after a question', async () => {
  const { asked } = serve({ ...shows([peer({ state: 'received' })]), 'POST /v1/peers/{peer}/accept': () => ({ status: 200, body: {} }), 'DELETE /v1/peers/{peer}': () => ({ status: 204 }) })
  const { user } = await open(PAGE)
  await user.click(await screen.findByRole('button', { name: 'Accept Fenghe Logistics…' }))
  await user.click(within(await screen.findByRole('dialog', { name: 'Accept Fenghe Logistics' })).getByRole('button', { name: 'Accept' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  await user.click(screen.getByRole('button', { name: 'Decline Fenghe Logistics…' }))
  const question = within(await screen.findByRole('alertdialog', { name: 'Decline the request of Fenghe Logistics?' }))
  expect(asked.some((one) => one.method === 'DELETE')).toBe(false)
  await user.click(question.getByRole('button', { name: 'Decline' }))
  await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull())
  const changes = asked.filter((one) => one.method === 'POST' || one.method === 'DELETE')
  expect(changes.map(({ url, headers }) => [url, headers.get('if-match')])).toEqual([['/v1/peers/o2/accept', '"7"'], ['/v1/peers/o2', '"7"']])
  expect(changes[0]?.body).toEqual({ contact: null })
})

test('whoever was not the newest sees what the other one wrote, and tries again with it (XORG-02)', async () => {
  let of = peer({ own_contact: { name: '沈知遥', phone: null, email: null } })
  const { asked } = serve({
    'GET /v1/peers': () => ({ status: 200, body: { items: [of], is_verified: true } }),
    'PUT /v1/peers/{peer}/contact': () => {
      if (of.revision === 8) return { status: 200, body: {} }
      of = { ...of, revision: 8, own_contact: { name: '沈知遥', phone: null, email: 'shen@example.org' } }
      return problem(412, 'directory.changed_meanwhile')
    },
  })
  const { user } = await open(PAGE)
  await user.click(await screen.findByRole('button', { name: 'Whom Fenghe Logistics sees…' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Whom Fenghe Logistics sees' }))
  await user.type(dialog.getByLabelText('Phone'), '13800138000')
  await user.click(dialog.getByRole('button', { name: 'Save' }))
  expect(await dialog.findByText('shen@example.org')).toBeTruthy()
  await user.click(dialog.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  const changes = asked.filter((one) => one.method === 'PUT')
  expect(changes.map((one) => one.headers.get('if-match'))).toEqual(['"7"', '"8"'])
  expect(changes[1]?.body).toEqual({ contact: { name: '沈知遥', phone: '13800138000', email: 'shen@example.org' } })
})

test('what one chose is still there when somebody else changed the list (XORG-03)', async () => {
  let of: PeerSpeakers = { speakers: [], revision: 0 }
  const { asked } = serve({
    'GET /v1/peer-speakers': () => ({ status: 200, body: of }),
    'PUT /v1/peer-speakers': () => {
      if (of.revision === 1) return { status: 200, body: of }
      of = { speakers: [{ kind: 'everyone' }], revision: 1 }
      return problem(412, 'directory.changed_meanwhile')
    },
  })
  const { user } = await open(PAGE)
  const section = within((await screen.findByRole('heading', { level: 2, name: 'Who may speak with peers' })).closest('section') ?? document.body)
  await user.click(await section.findByRole('radio', { name: /Only some/ }))
  await user.click(await section.findByRole('checkbox', { name: 'Board' }))
  await user.click(section.getByRole('button', { name: 'Save' }))
  expect(await section.findByText('What they changed:')).toBeTruthy()
  expect(section.getByRole<HTMLInputElement>('checkbox', { name: 'Board' }).checked).toBe(true)
  await user.click(section.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(asked.filter((one) => one.method === 'PUT').map((one) => one.headers.get('if-match'))).toEqual(['"0"', '"1"']))
  expect(asked.findLast((one) => one.method === 'PUT')?.body).toEqual({ speakers: [{ kind: 'people_group', id: 'g-board' }] })
})

test('a connection at rest says so, and whoever is not verified cannot ask', async () => {
  serve(shows([peer({ is_at_rest: true, is_verified: false }), peer({ id: 'o3', name_en: 'Acme', state: 'received' })], false))
  await open(PAGE)
  const row = within(await screen.findByRole('listitem', { name: 'Fenghe Logistics' }))
  expect(row.getByText('At rest')).toBeTruthy()
  expect(row.getByText(/Until that is over the connection gives nothing/)).toBeTruthy()
  expect(screen.getByText(/Your organisation is not verified/)).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Ask an organisation' })).toBeNull()
  expect(screen.getByRole('button', { name: 'Accept Acme…' }).hasAttribute('disabled')).toBe(true)
})

test('who may speak with peers is chosen, and some is not nobody', async () => {
  const { asked } = serve({ 'PUT /v1/peer-speakers': () => ({ status: 200, body: { speakers: [], revision: 1 } }) })
  const { user } = await open(PAGE)
  const section = within((await screen.findByRole('heading', { level: 2, name: 'Who may speak with peers' })).closest('section') ?? document.body)
  await user.click(await section.findByRole('radio', { name: /Only some/ }))
  await user.click(section.getByRole('button', { name: 'Save' }))
  expect(await section.findByText('Choose at least one department, group or person.')).toBeTruthy()
  await user.click(await section.findByRole('checkbox', { name: 'Board' }))
  await user.click(section.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(asked.find((one) => one.method === 'PUT')?.body).toEqual({ speakers: [{ kind: 'people_group', id: 'g-board' }] }))
  expect(asked.find((one) => one.method === 'PUT')?.headers.get('if-match')).toBe('"0"')
})
