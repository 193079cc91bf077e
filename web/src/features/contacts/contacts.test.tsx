/** People outside (DIR-05, DIR-06, DIR-07, DIR-12) and the contact code (QR-01) in the client. */
import { screen, waitFor, within } from '@testing-library/react'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { problem } from '../../../mock/handlers'
import { open, serve } from '../../../mock/render'
import { codeIn } from './scan'

const me = '0192f7a0-0003-7000-8000-000000000001'
const id = '0192f7a0-00aa-7000-8000-000000000001'
const can = { edit: true }
const kwame = {
  id, owner_id: me, kind: 'customer', revision: 3, updated_at: '2026-11-01T08:00:00Z', shared_with: [], can,
  card: { name: 'Kwame Ndiaye', company: 'Harbour Ltd', phones: [{ label: 'mobile', number: '+442071838750' }], emails: [{ label: 'work', address: 'k@example.org' }], note: 'Likes tea' },
}
const ok = (body: unknown, status = 200) => ({ status, body })
const book = (items: unknown[] = [kwame]) => ({
  'GET /v1/contacts': () => ok({ items }),
  'GET /v1/contacts/{contact}': () => ok(kwame),
})

afterEach(() => Reflect.deleteProperty(navigator, 'contacts'))

describe('contacts', () => {
  test('are listed with company and kind, and a card offers a call, a text and an e-mail (DIR-07)', async () => {
    serve(book())
    const { user } = await open('/o/yunwu/people/contacts')
    const list = await screen.findByRole('list', { name: 'Contacts' })
    expect(within(list).getByText('Harbour Ltd')).toBeTruthy()
    await user.click(within(list).getByRole('link', { name: /Kwame Ndiaye/ }))
    expect((await screen.findByRole('link', { name: 'Call +442071838750' }, { timeout: 5000 })).getAttribute('href')).toBe('tel:+442071838750')
    expect(screen.getByRole('link', { name: 'Text +442071838750' }).getAttribute('href')).toBe('sms:+442071838750')
    expect(screen.getByRole('link', { name: 'k@example.org' }).getAttribute('href')).toBe('mailto:k%40example.org')
  })

  test('a change carries the revision it was made from, and a refused field says so beside it', async () => {
    const { asked } = serve({ ...book(), 'PUT /v1/contacts/{contact}': () => ok({ code: 'invalid', status: 422, title: 'x', detail: '', field: 'name', why: 'is_too_long' }, 422) })
    const { user } = await open(`/o/yunwu/people/contacts/${id}`)
    await user.click(await screen.findByRole('button', { name: 'Edit' }))
    const name = await screen.findByRole('textbox', { name: 'Name' })
    await user.clear(name)
    await user.type(name, 'Kwame')
    await user.click(screen.getByRole('button', { name: 'Save' }))
    expect(await screen.findByText('This is too long.')).toBeTruthy()
    const sent = asked.find((one) => one.method === 'PUT')
    expect(sent?.headers.get('if-match')).toBe('"3"')
    expect(sent?.body).toMatchObject({ kind: 'customer', card: { name: 'Kwame', phones: [{ label: 'mobile', number: '+442071838750' }] } })
  })

  test('what others change while a form is open is shown, and what one wrote oneself is still there', async () => {
    const newer = { ...kwame, revision: 4, card: { ...kwame.card, note: 'Likes coffee' } }
    let isChanged = false
    const { asked } = serve({
      ...book(),
      'GET /v1/contacts/{contact}': () => ok(isChanged ? newer : kwame),
      'PUT /v1/contacts/{contact}': () => {
        if (isChanged) return ok(newer)
        isChanged = true
        return problem(412, 'directory.changed_meanwhile')
      },
    })
    const { user } = await open(`/o/yunwu/people/contacts/${id}`)
    await user.click(await screen.findByRole('button', { name: 'Edit' }))
    const name = await screen.findByRole('textbox', { name: 'Name' })
    await user.clear(name)
    await user.type(name, 'Kwame')
    await user.click(screen.getByRole('button', { name: 'Save' }))
    const dialog = within(screen.getByRole('dialog'))
    expect(await dialog.findByText('What they changed:')).toBeTruthy()
    expect(dialog.getByText('Note', { selector: 'dt' }).nextElementSibling?.textContent).toBe('Likes coffee')
    await user.click(dialog.getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    const sent = asked.filter((one) => one.method === 'PUT')
    expect(sent.map((one) => one.headers.get('if-match'))).toEqual(['"3"', '"4"'])
    expect(sent[1]?.body).toMatchObject({ card: { name: 'Kwame', note: 'Likes coffee' } })
  })

  test('a contact is deleted as it was seen; one that somebody changed meanwhile stays, and is shown as it is', async () => {
    const newer = { ...kwame, revision: 4, card: { ...kwame.card, note: 'Likes coffee' } }
    let isChanged = false
    const { asked } = serve({
      ...book(),
      'GET /v1/contacts/{contact}': () => ok(isChanged ? newer : kwame),
      'DELETE /v1/contacts/{contact}': () => {
        if (isChanged) return { status: 204 }
        isChanged = true
        return problem(412, 'directory.changed_meanwhile')
      },
    })
    const { user } = await open(`/o/yunwu/people/contacts/${id}`)
    const remove = async () => {
      await user.click(await screen.findByRole('button', { name: 'Delete' }))
      await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Delete' }))
    }
    await remove()
    expect(await screen.findByText('Likes coffee')).toBeTruthy()
    await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull())
    await remove()
    await screen.findByText('Contact deleted')
    const sent = asked.filter((one) => one.method === 'DELETE')
    expect(sent.map((one) => one.headers.get('if-match'))).toEqual(['"3"', '"4"'])
  })

  test('nothing is added while a line of a file is wrong, and its line is named', async () => {
    const problems = [{ line: 4, field: 'EMAIL', why: 'not_an_email_address' }]
    const { asked } = serve({ ...book([]), 'POST /v1/contacts/import': () => ok({ is_written: false, new_count: 0, known_count: 0, cards: [], problems }) })
    const { user } = await open('/o/yunwu/people/contacts')
    await user.click(await screen.findByRole('button', { name: 'Import vCards' }))
    const input = document.querySelector<HTMLInputElement>('input[type=file]')
    if (!input) throw new Error('no input for a file')
    await user.upload(input, new File(['BEGIN:VCARD'], 'book.vcf', { type: 'text/vcard' }))
    expect(await screen.findByText('Line 4: EMAIL is no e-mail address')).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Add them' })).toHaveProperty('disabled', true)
    expect(asked.filter((one) => one.url.includes('/v1/contacts/import')).every((one) => one.url.includes('write=false'))).toBe(true)
  })
})

describe('contacts of the device (DIR-06)', () => {
  test('are offered only where the browser has them', async () => {
    serve(book([]))
    await open('/o/yunwu/people/contacts')
    await screen.findByRole('button', { name: 'New contact' })
    expect(screen.queryByRole('button', { name: 'From this device' })).toBeNull()
  })

  test('are read only after a consent was recorded', async () => {
    const acts: string[] = []
    const { state } = serve({
      ...book([]),
      'POST /v1/contacts/device/import': () => (acts.push('import'), ok({ is_written: true, new_count: 1, known_count: 0, cards: [], problems: [] })),
    })
    const select = async () => (acts.push(`list opened, consent ${state.consents[0]?.state}`), [{ name: ['Ann'], tel: ['95588'] }])
    Object.defineProperty(navigator, 'contacts', { configurable: true, value: { select } })
    const { user } = await open('/o/yunwu/people/contacts')
    await user.click(await screen.findByRole('button', { name: 'From this device' }))
    const asked = await screen.findByRole('dialog', { name: 'Contacts from the device' })
    for (const text of ['so that contacts you pick on the device are kept here', 'You add contacts by hand, or import them as vCards.', 'as long as you are here; erased after you leave']) {
      expect(within(asked).getByText(text)).toBeTruthy()
    }
    expect(screen.queryByRole('button', { name: 'Choose contacts' })).toBeNull()
    await user.click(within(asked).getByRole('button', { name: 'Agree' }))
    await user.click(await screen.findByRole('button', { name: 'Choose contacts' }))
    await waitFor(() => expect(acts).toEqual(['list opened, consent given', 'import']))
    expect(state.consents[0]?.history[0]?.way).toBe('sheet')
  })

  test('what of them was left out is called as it is in a contact', async () => {
    const problems = [
      { line: 1, field: 'phones', why: 'not_a_phone_number' },
      { line: 2, field: 'emails', why: 'not_an_email_address' },
      { line: 3, field: 'name', why: 'is_too_long' },
    ]
    serve({ ...book([]), 'POST /v1/contacts/device/import': () => ok({ is_written: true, new_count: 2, known_count: 0, cards: [], problems }) })
    Object.defineProperty(navigator, 'contacts', { configurable: true, value: { select: async () => [{ name: ['Ann'], tel: ['?'] }] } })
    const { user } = await open('/o/yunwu/people/contacts')
    await user.click(await screen.findByRole('button', { name: 'From this device' }))
    await user.click(within(await screen.findByRole('dialog', { name: 'Contacts from the device' })).getByRole('button', { name: 'Agree' }))
    await user.click(await screen.findByRole('button', { name: 'Choose contacts' }))
    const found = await screen.findByRole('list', { name: 'What is wrong' })
    expect(within(found).getAllByRole('listitem').map((one) => one.textContent)).toEqual([
      'Contact 1: Phone is no phone number',
      'Contact 2: E-mail is no e-mail address',
      'Contact 3: Name is too long',
    ])
  })

  test('refused, the dialog is gone and nothing else is', async () => {
    const { state } = serve(book([]))
    Object.defineProperty(navigator, 'contacts', { configurable: true, value: { select: async () => [] } })
    const { user } = await open('/o/yunwu/people/contacts')
    await user.click(await screen.findByRole('button', { name: 'From this device' }))
    const asked = await screen.findByRole('dialog', { name: 'Contacts from the device' })
    await user.click(within(asked).getByRole('button', { name: 'Not now' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(screen.getByRole('button', { name: 'New contact' })).toBeTruthy()
    expect(state.consents[0]?.state).toBe('never')
  })
})

describe('a contact code (QR-01)', () => {
  const code = 'A'.repeat(54)

  test('is taken only from a link of this very server', () => {
    expect(codeIn(`${location.origin}/card/${code}`)).toBe(code)
    for (const text of [`https://evil.example/card/${code}`, `${location.origin}/card/x`, `${location.origin}/o/x/card/${code}`, `javascript:alert(1)//card/${code}`, code, '']) {
      expect(codeIn(text), text).toBeNull()
    }
  })

  test('says nothing to a stranger but what it is', async () => {
    const { asked } = serve({ 'GET /v1/session': () => ok(null) })
    await open(`/card/${code}`)
    expect(await screen.findByRole('heading', { name: 'This is a contact code' })).toBeTruthy()
    expect(screen.getByRole('link', { name: 'Sign in' }).getAttribute('href')).toBe(`/sign-in?next=${encodeURIComponent(`/card/${code}`)}`)
    expect(asked.some((one) => one.url.includes('contact-codes'))).toBe(false)
  })

  test('that leads nowhere says so', async () => {
    serve({ 'GET /v1/contact-codes/{code}': () => ok({ code: 'not_found', status: 404, title: 'x', detail: '' }, 404) })
    await open(`/card/${code}`)
    expect(await screen.findByRole('heading', { name: 'This code leads nowhere' })).toBeTruthy()
  })
})

test('contact codes stay where only contacts are switched off, on the page and in the tabs (QR-01)', async () => {
  Object.defineProperty(navigator, 'mediaDevices', { configurable: true, value: { getUserMedia: vi.fn() } })
  const off = (...keys: string[]) => ({ 'GET /v1/applications': () => ok({ items: keys.map((key) => ({ key, is_open: false, by_departments: true })) }), 'GET /v1/contact-code': () => ok({ link: 'https://yunwu.example/card/abc', ends_at: '2026-12-03T02:00:00Z' }) })
  serve(off('contacts'))
  const { user, unmount } = await open('/o/yunwu/people')
  await user.click(within(await screen.findByRole('navigation', { name: 'Parts of the directory' })).getByRole('link', { name: 'Contacts' }))
  expect(await screen.findByRole('heading', { level: 2, name: 'Your organisation has switched this off' })).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'New contact' })).toBeNull()
  expect(screen.getByRole('button', { name: 'Scan a code' })).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'My contact code' }))
  expect(await within(await screen.findByRole('dialog', { name: 'My contact code' })).findByText(/A colleague who scans it/)).toBeTruthy()
  unmount()
  serve(off('contact_codes'))
  const both = await open('/o/yunwu/people/contacts')
  expect(await screen.findByRole('button', { name: 'New contact' })).toBeTruthy()
  await waitFor(() => expect(screen.queryByRole('button', { name: 'My contact code' })).toBeNull())
  both.unmount()
  Reflect.deleteProperty(navigator, 'mediaDevices')
})

test('the camera is asked for only after one is told what it is for', async () => {
  const getUserMedia = vi.fn(async () => Promise.reject(new DOMException('no', 'NotAllowedError')))
  Object.defineProperty(navigator, 'mediaDevices', { configurable: true, value: { getUserMedia } })
  serve(book([]))
  const { user } = await open('/o/yunwu/people/contacts')
  await user.click(await screen.findByRole('button', { name: 'Scan a code' }))
  expect(await screen.findByText(/The camera looks for the contact code of a colleague/)).toBeTruthy()
  expect(getUserMedia).not.toHaveBeenCalled()
  await user.click(screen.getByRole('button', { name: 'Open the camera' }))
  expect(await screen.findByText(/The camera was not opened/)).toBeTruthy()
  Reflect.deleteProperty(navigator, 'mediaDevices')
})
