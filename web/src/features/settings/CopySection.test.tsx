/** A copy of my data: the password first, then how far it is, then the download, and deleting it (DSR-01). */
import { screen, waitFor, within } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { open, serve } from '../../../mock/render'

const ID = '0192f7a0-00cc-7000-8000-000000000001'
const copy = (state: 'writing' | 'ready' | 'failed', must_prove = false) => ({
  id: ID,
  state,
  language: 'en',
  records: 1200,
  places_done: state === 'ready' ? 36 : 9,
  places: 36,
  asked_at: '2026-12-01T08:00:00Z',
  until: '2026-12-08T08:00:00Z',
  must_prove,
})

test('a copy is asked for with the password, and one sees how far it is (DSR-01)', async () => {
  let isProven = false
  const items: ReturnType<typeof copy>[] = []
  const { asked } = serve({
    'GET /v1/personal-exports': () => ({ status: 200, body: { items } }),
    'POST /v1/personal-exports': () => {
      if (!isProven) return { status: 403, body: { code: 'identity.prove_again', title: 'Prove again', status: 403 } }
      items.push(copy('writing'))
      return { status: 201, body: items[0] }
    },
    'POST /v1/session/proof': () => {
      isProven = true
      return { status: 204, body: undefined }
    },
  })
  const { user } = await open('/o/yunwu/settings/privacy')
  const section = within(await screen.findByRole('region', { name: 'A copy of my data' }))
  expect(await section.findByText('No copy yet')).toBeTruthy()
  await user.click(section.getByRole('button', { name: 'Make a copy' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Your password again' }))
  await user.type(dialog.getByLabelText('Password'), 'Riverside-lantern-42')
  await user.click(dialog.getByRole('button', { name: 'Continue' }))
  const bar = await section.findByRole('progressbar', { name: 'The copy is being written' })
  expect(bar.hasAttribute('aria-valuenow')).toBe(false)
  expect(section.getByText(/1,200 records so far/)).toBeTruthy()
  expect(section.getByRole('button', { name: 'Make a copy' })).toHaveProperty('disabled', true)
  expect(asked.filter((one) => one.method === 'POST' && one.url === '/v1/personal-exports').at(-1)?.body).toEqual({ language: 'en' })
})

test('what is ready is downloaded by the browser itself, with the password, for the organisation that is open, and can be deleted', async () => {
  const items = [copy('ready')]
  let isProven = false
  const { asked } = serve({
    'GET /v1/personal-exports': () => ({ status: 200, body: { items } }),
    'GET /v1/personal-exports/{personal_export}': () => ({ status: 200, body: copy('ready', !isProven) }),
    'POST /v1/session/proof': () => {
      isProven = true
      return { status: 204, body: undefined }
    },
    'DELETE /v1/personal-exports/{personal_export}': () => {
      items.pop()
      return { status: 204, body: undefined }
    },
  })
  const { user } = await open('/o/yunwu/settings/privacy')
  const section = within(await screen.findByRole('region', { name: 'A copy of my data' }))
  const followed: string[] = []
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    if (this.download !== '') followed.push(`${this.getAttribute('href')} ${this.download}`)
  })
  await user.click(await section.findByRole('button', { name: 'Download' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Your password again' }))
  expect(followed).toEqual([])
  await user.type(dialog.getByLabelText('Password'), 'Riverside-lantern-42')
  await user.click(dialog.getByRole('button', { name: 'Continue' }))
  await waitFor(() => expect(followed).toEqual([`/v1/personal-exports/${ID}/file?organisation=yunwu my-data.zip`]))
  expect(asked.filter((one) => one.url === '/v1/session/proof').length).toBe(1)
  vi.restoreAllMocks()
  await user.click(section.getByRole('button', { name: 'Delete' }))
  await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Delete' }))
  await waitFor(() => expect(section.getByText('No copy yet')).toBeTruthy())
})

test('one that did not work says so, and another one can be asked for', async () => {
  serve({ 'GET /v1/personal-exports': () => ({ status: 200, body: { items: [copy('failed')] } }) })
  await open('/o/yunwu/settings/privacy')
  const section = within(await screen.findByRole('region', { name: 'A copy of my data' }))
  expect(await section.findByText(/It did not work/)).toBeTruthy()
  expect(section.queryByRole('progressbar')).toBeNull()
  expect(section.getByRole('button', { name: 'Make a copy' })).toHaveProperty('disabled', false)
  expect(section.getByRole('button', { name: 'Delete' })).toBeTruthy()
})

test('a download that is refused is said on the page', async () => {
  serve({
    'GET /v1/personal-exports': () => ({ status: 200, body: { items: [copy('ready')] } }),
    'GET /v1/personal-exports/{personal_export}': () => ({ status: 409, body: { code: 'personal_exports.is_being_written', title: 'Not yet', status: 409 } }),
  })
  const { user } = await open('/o/yunwu/settings/privacy')
  const section = within(await screen.findByRole('region', { name: 'A copy of my data' }))
  await user.click(await section.findByRole('button', { name: 'Download' }))
  expect(await screen.findByText('A copy is being written already.')).toBeTruthy()
})

test('a refusal of the list is said, and can be repeated', async () => {
  serve({ 'GET /v1/personal-exports': () => ({ status: 500, body: { code: 'internal', title: 'Internal', status: 500 } }) })
  await open('/o/yunwu/settings/privacy')
  const section = within(await screen.findByRole('region', { name: 'A copy of my data' }))
  expect(await section.findByRole('button', { name: 'Try again' })).toBeTruthy()
})
