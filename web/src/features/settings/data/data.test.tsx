/** What is kept of me, drawn and in a table, and who did something with it (C1, C5, C17). */
import { screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { open, serve } from '../../../../mock/render'
import { ownData } from '../../../../mock/ownData'
import { shownKinds } from './kinds'

test('each kind says how much there is, what it is for and until when, and the drawing shows the same kinds', async () => {
  serve()
  await open('/o/yunwu/settings/data')
  const table = await screen.findByRole('table', { name: 'What is stored about me' })
  const messages = within(table).getByRole('rowheader', { name: 'Messages' }).closest('tr')
  expect(messages?.textContent).toContain('about 12,410')
  expect(messages?.textContent).toContain('so that the people you write to receive what you write')
  expect(messages?.textContent).toContain('360 days, as your organisation chose')
  expect(within(table).getByRole('rowheader', { name: 'Contacts outside' }).closest('tr')?.textContent).toContain('0')
  const drawing = screen.getByRole('img', { name: /^Kinds of data about me/ })
  expect([...drawing.querySelectorAll('text')].map((text) => text.textContent)).toEqual(['Messages', 'Signing in', 'Directory'])
})

test('a kind opens to its places with their rules and its purposes with their grounds', async () => {
  serve()
  const { user } = await open('/o/yunwu/settings/data')
  await user.click(await screen.findByRole('button', { name: 'Details: Messages' }))
  const sheet = within(await screen.findByRole('dialog', { name: 'Messages' }))
  expect(sheet.getByText('Messages I wrote').closest('li')?.textContent).toContain('Kept 360 days, as your organisation chose, because of rule RET-09')
  expect(sheet.getByText('Contract, GDPR 6 (1) (b)')).toBeTruthy()
})

test('what leaves soon is said while a copy can still be made', async () => {
  serve()
  await open('/o/yunwu/settings/data')
  const soon = within(await screen.findByRole('region', { name: 'Leaving soon' }))
  expect(soon.getByText('Messages I wrote').closest('li')?.textContent).toContain('about 31')
  expect(soon.getByRole('link', { name: 'Make a copy first' }).getAttribute('href')).toBe('/o/yunwu/settings/privacy')
})

test('where nothing leaves soon that is said too', async () => {
  const calm = { kinds: ownData.kinds.map((kind) => ({ ...kind, places: kind.places.map((place) => ({ ...place, soon: 0 })) })) }
  serve({ 'GET /v1/me/data': () => ({ status: 200, body: calm }) })
  await open('/o/yunwu/settings/data')
  expect(await screen.findByText('No messages and files of yours are past their time within 14 days.')).toBeTruthy()
})

test('one sees who did what with one’s data, programs too', async () => {
  serve()
  await open('/o/yunwu/settings/data')
  const table = await screen.findByRole('table', { name: 'Who did something with my data' })
  expect(within(table).getByText('Gave me a role').closest('tr')?.textContent).not.toContain('Somebody')
  expect(within(table).getByText('Changed my data').closest('tr')?.textContent).toContain('A service token')
})

test('a refusal is said, and can be repeated', async () => {
  serve({ 'GET /v1/me/data': () => ({ status: 500, body: { code: 'internal', title: 'Internal', status: 500 } }) })
  await open('/o/yunwu/settings/data')
  expect(await screen.findByRole('button', { name: 'Try again' })).toBeTruthy()
})

test('of several places of a kind the least sure number and the longest time count', () => {
  const [messages, signIns, directory, contacts] = shownKinds(ownData)
  expect([messages?.certainty, messages?.level, messages?.soon]).toEqual(['about', 5, 31])
  expect([signIns?.level, directory?.level, contacts?.level]).toEqual([3, 5, 0])
})

test('that nothing was found among a part of the records is not said as if all were counted', () => {
  const unsure = ownData.kinds.map((kind) => ({ ...kind, places: kind.places.map((place) => ({ ...place, records: 0, certainty: 'at_least' as const })) }))
  expect(shownKinds({ kinds: unsure }).map((kind) => kind.certainty)).toEqual(['at_least', 'at_least', 'at_least', 'at_least'])
})
