/** Whoever may speak with peer organisations finds them beside the contacts; nobody else hears of them (XORG-03). */
import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { open, serve } from '../../../mock/render'

const PAGE = '/o/yunwu/people/contacts'

test('a peer is shown with whom to ask for', async () => {
  const items = [{ id: 'o2', name: '丰禾物流', name_en: 'Fenghe Logistics', contact: { name: 'Mal', phone: '+8613800138000', email: 'mal@example.org' } }, { id: 'o3', name: 'Acme' }]
  serve({ 'GET /v1/peer-contacts': () => ({ status: 200, body: { items } }) })
  await open(PAGE)
  const section = within(await screen.findByRole('region', { name: 'Peer organisations' }))
  expect(section.getByText('Fenghe Logistics')).toBeTruthy()
  expect(section.getByRole('link', { name: '+8613800138000' }).getAttribute('href')).toBe('tel:+8613800138000')
  expect(section.getByText('No contact is named.')).toBeTruthy()
})

test('to whoever may not speak with them there are none', async () => {
  const { asked } = serve()
  await open(PAGE)
  await waitFor(() => expect(asked.some((one) => one.url === '/v1/peer-contacts')).toBe(true))
  expect(screen.queryByRole('region', { name: 'Peer organisations' })).toBeNull()
  expect(screen.queryByRole('alert')).toBeNull()
})

test('they are found where contacts are switched off, and nothing else of that page is', async () => {
  const off = { 'GET /v1/applications': () => ({ status: 200, body: { items: ['contacts', 'contact_codes'].map((key) => ({ key, is_open: false, by_departments: true })) } }) }
  serve({ ...off, 'GET /v1/peer-contacts': () => ({ status: 200, body: { items: [{ id: 'o3', name: 'Acme' }] } }) })
  const { unmount } = await open(PAGE)
  expect(within(await screen.findByRole('region', { name: 'Peer organisations' })).getByText('Acme')).toBeTruthy()
  expect(screen.getByRole('navigation', { name: 'Parts of the directory' })).toBeTruthy()
  for (const name of ['New contact', 'My contact code']) expect(screen.queryByRole('button', { name })).toBeNull()
  unmount()
  serve(off)
  await open(PAGE)
  expect(await screen.findByRole('heading', { name: 'Your organisation has switched this off' })).toBeTruthy()
})
