/** An organisation asks to be verified, and sees what came of it (ORG-05). */
import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { problem } from '../../../mock/handlers'
import { verification } from '../../../mock/operator'
import { open, serve } from '../../../mock/render'

const PAGE = '/o/yunwu/admin/organisation'
const answers = (body: unknown) => ({ 'GET /v1/verification': () => ({ status: 200, body }) })

test('a document is added, and one asks under the full name', async () => {
  const { asked } = serve()
  const { user } = await open(PAGE)
  await user.type(await screen.findByLabelText('Full legal name', {}, { timeout: 5000 }), '云坞集团有限公司')
  await user.type(screen.getByLabelText('Registration number'), '91330100')
  const input = document.querySelector<HTMLInputElement>('input[type=file][accept*=pdf]')
  if (input === null) throw new Error('nothing to choose a file with')
  await user.upload(input, new File(['%PDF-1.7'], '营业 执照.pdf', { type: 'application/pdf' }))
  await waitFor(() => expect(asked.some((call) => call.method === 'POST' && call.url === `/v1/verification/documents?name=${encodeURIComponent('营业 执照.pdf')}`)).toBe(true))
  await user.click(screen.getByRole('button', { name: 'Ask to be verified' }))
  await waitFor(() => expect(asked.find((call) => call.url === '/v1/verification/request')?.body).toEqual({ legal_name: '云坞集团有限公司', registration_number: '91330100' }))
})

test('what is no document is said, and nobody asks without one', async () => {
  serve({ ...answers(verification('none', { documents: [] })), 'POST /v1/verification/documents': () => problem(422, 'invalid', { field: 'file', why: 'not_pdf_jpeg_png' }) })
  const { user } = await open(PAGE)
  expect((await screen.findByRole('button', { name: 'Ask to be verified' }, { timeout: 5000 })).hasAttribute('disabled')).toBe(true)
  const input = document.querySelector<HTMLInputElement>('input[type=file][accept*=pdf]')
  if (input === null) throw new Error('nothing to choose a file with')
  await user.upload(input, new File(['<html>'], 'a.pdf', { type: 'application/pdf' }))
  expect((await screen.findByRole('alert')).textContent).toContain('no PDF, JPEG or PNG')
})

test('while it is asked one can only withdraw', async () => {
  const { asked } = serve(answers(verification('asked')))
  const { user } = await open(PAGE)
  await user.click(await screen.findByRole('button', { name: 'Withdraw the request' }, { timeout: 5000 }))
  const withdrawn = () => asked.some((call) => call.method === 'DELETE' && call.url === '/v1/verification/request')
  const question = within(await screen.findByRole('alertdialog', { name: 'Withdraw the request?' }))
  expect(withdrawn()).toBe(false)
  await user.click(question.getByRole('button', { name: 'Withdraw the request' }))
  await waitFor(() => expect(withdrawn()).toBe(true))
  await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull())
  expect(screen.queryByRole('button', { name: 'Add a document' })).toBeNull()
})

test('a document is erased only after one was asked', async () => {
  const removed = (): string[] => asked.filter((call) => call.method === 'DELETE').map((call) => call.url)
  const { asked } = serve({ 'GET /v1/verification': () => ({ status: 200, body: verification('none', removed().length === 0 ? {} : { documents: [] }) }) })
  const { user } = await open(PAGE)
  const bin = () => screen.findByRole('button', { name: /Remove .*营业执照/ }, { timeout: 5000 })
  await user.click(await bin())
  await user.click(within(await screen.findByRole('alertdialog', { name: /Remove .*营业执照/ })).getByRole('button', { name: 'Cancel' }))
  await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull())
  expect(removed()).toEqual([])
  await user.click(await bin())
  await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Remove' }))
  await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull())
  expect(removed()).toEqual(['/v1/verification/documents/doc1'])
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('group', { name: 'Documents' })))
})

test('where it stands failed to load: it is said, and tried again', async () => {
  let isBroken = true
  serve({ 'GET /v1/verification': () => (isBroken ? problem(500, 'internal') : { status: 200, body: verification('none') }) })
  const { user } = await open(PAGE)
  const section = within((await screen.findByRole('heading', { level: 2, name: 'Verification' }, { timeout: 5000 })).closest('section') ?? document.body)
  const again = await section.findByRole('button', { name: 'Try again' })
  isBroken = false
  await user.click(again)
  expect(await screen.findByRole('button', { name: 'Ask to be verified' })).toBeTruthy()
})

test('whoever may not ask is told nothing about it', async () => {
  const { asked } = serve(answers({ state: 'none', can: { ask: false } }))
  await open(PAGE)
  await waitFor(() => expect(asked.some((call) => call.url === '/v1/verification')).toBe(true), { timeout: 5000 })
  await waitFor(() => expect(screen.queryByRole('heading', { level: 2, name: 'Verification' })).toBeNull())
})

test('a refusal says why, and one asks again', async () => {
  serve(answers(verification('refused', { reason: 'Too dark' })))
  await open(PAGE)
  expect(await screen.findByText(/Too dark/, {}, { timeout: 5000 })).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Ask to be verified' }).hasAttribute('disabled')).toBe(false)
})

test('a verified organisation has a mark beside its name', async () => {
  serve(answers(verification('verified')), (state) => {
    for (const place of state.session?.organisations ?? []) place.is_verified = place.slug === 'yunwu'
  })
  await open(PAGE)
  expect(await screen.findByText(/Verified as/, {}, { timeout: 5000 })).toBeTruthy()
  expect(screen.getByRole('img', { name: 'Verified' })).toBeTruthy()
})

test('what was disclosed to an authority is read with day, recipient and ground (ORG-07)', async () => {
  const disclosed = { id: 'd1', recipient: '市公安局', ground: 'Order 12/2026', kinds: [], disclosed_on: '2026-11-20', recorded_at: '2026-11-21T02:00:00Z' }
  serve(answers(verification('verified', { disclosures: [disclosed] })))
  await open(PAGE)
  const list = within(await screen.findByRole('list', { name: 'Disclosed to authorities' }, { timeout: 5000 }))
  expect(list.getByText(/20 November 2026 · 市公安局/)).toBeTruthy()
  expect(list.getByText('Order 12/2026')).toBeTruthy()
  expect(list.getByText(/recorded on 21 November 2026/)).toBeTruthy()
})

test('what was asked by stands there until it is decided (ORG-05)', async () => {
  serve(answers(verification('asked')))
  await open(PAGE)
  const number = await screen.findByText('Registration number', { selector: 'dt' }, { timeout: 5000 })
  expect(number.nextElementSibling?.textContent).toContain('91330100MA27XYZ00A')
  expect(screen.getByText(/营业执照.pdf/)).toBeTruthy()
})

test('what another name of the organisation ended is said, with the day (ORG-05)', async () => {
  serve(answers(verification('none', { ended_at: '2026-11-21T02:00:00Z' })))
  await open(PAGE)
  expect(await screen.findByText(/was given another name on .*21 Nov/, {}, { timeout: 5000 })).toBeTruthy()
})
