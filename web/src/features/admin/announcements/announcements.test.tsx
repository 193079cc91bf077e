import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { problem } from '../../../../mock/handlers'
import { open, serve, typeDay } from '../../../../mock/render'
import { endOf, lastDayOf } from './form'

const PAGE = '/o/yunwu/admin/announcements'

test('the list says whom each concerns and how many have read and confirmed it (KNW-01)', async () => {
  serve()
  await open(PAGE)
  const row = within((await screen.findByRole('rowheader', { name: /Fire drill/ })).closest('tr') ?? document.body)
  expect(row.getByText(/30 of 40 read/)).toBeTruthy()
  expect(row.getByText(/25 confirmed/)).toBeTruthy()
  expect(row.getByText('everyone')).toBeTruthy()
  expect(screen.getByText('withdrawn')).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Actions for Old news' })).toBeNull()
})

test('one is written with a preview, and published with what was chosen', async () => {
  const { asked } = serve()
  const { user } = await open(PAGE)
  await user.click(await screen.findByRole('button', { name: 'New announcement' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'New announcement' }))
  const publish = dialog.getByRole('button', { name: 'Publish' })
  await user.click(publish)
  expect(await dialog.findByText('This is needed.')).toBeTruthy()
  await user.type(dialog.getByLabelText('Title'), 'Canteen')
  await user.type(dialog.getByLabelText('Text'), 'Closed, see https://canteen.example')
  expect(within(dialog.getByRole('region', { name: 'Preview' })).getByRole('link').getAttribute('href')).toBe('https://canteen.example')
  await user.click(dialog.getByRole('radio', { name: /Some departments/ }))
  await user.click(publish)
  expect(asked.some((call) => call.method === 'POST' && call.url === '/v1/announcements')).toBe(false)
  await user.click(dialog.getByRole('combobox', { name: 'Departments' }))
  const [first] = await screen.findAllByRole('option')
  if (first) await user.click(first)
  await user.click(dialog.getByRole('checkbox', { name: /People have to confirm/ }))
  await typeDay(user, dialog.getByRole('group', { name: 'Shown until the end of' }), '24122026')
  await user.click(publish)
  await waitFor(() => expect(asked.some((call) => call.method === 'POST' && call.url === '/v1/announcements')).toBe(true))
  const sent = asked.find((call) => call.method === 'POST' && call.url === '/v1/announcements')
  expect(sent?.body).toMatchObject({ title: 'Canteen', text: 'Closed, see https://canteen.example', must_be_confirmed: true, asks_again: false, until: endOf('2026-12-24') })
  expect(sent?.body.department_ids).toHaveLength(1)
})

test('who announces to some departments is offered these and not everyone', async () => {
  const { asked } = serve({ 'GET /v1/announcements/written': (_, state) => ({ status: 200, body: { items: [], can: { everyone: false, department_ids: state.departments.slice(0, 1).map((one) => one.id) } } }) })
  const { user } = await open(PAGE)
  await user.click(await screen.findByRole('button', { name: 'New announcement' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'New announcement' }))
  const own = within(await dialog.findByRole('group', { name: 'Whom it concerns' }))
  expect(dialog.queryByRole('radio')).toBeNull()
  await user.click(own.getByRole('combobox'))
  await waitFor(() => expect(screen.getAllByRole('option')).toHaveLength(1))
  await user.click(screen.getByRole('option'))
  await user.type(dialog.getByLabelText('Title'), 'Lift')
  await user.type(dialog.getByLabelText('Text'), 'Closed.')
  await user.click(dialog.getByRole('button', { name: 'Publish' }))
  await waitFor(() => expect(asked.find((call) => call.method === 'POST' && call.url === '/v1/announcements')?.body.department_ids).toHaveLength(1))
})

test('a key that closes the form asks first once something stands there', async () => {
  serve()
  const { user } = await open(PAGE)
  await user.click(await screen.findByRole('button', { name: 'New announcement' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'New announcement' }))
  await user.type(dialog.getByLabelText('Title'), 'Canteen')
  await user.keyboard('{Escape}')
  await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Cancel' }))
  await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull())
  const title = within(screen.getByRole('dialog')).getByDisplayValue('Canteen')
  // The focus comes home a frame after the question has gone; a key before that meets nobody.
  await waitFor(() => expect(document.activeElement).toBe(title))
  await user.keyboard('{Escape}')
  await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Discard' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
})

test('who has not confirmed and is not seen is counted, and nobody is said to be everyone', async () => {
  serve({ 'GET /v1/announcements/{announcement}/unconfirmed': () => ({ status: 200, body: { items: [], unseen_count: 2 } }) })
  const { user } = await open(PAGE)
  await user.click(await screen.findByRole('button', { name: 'Actions for Fire drill' }))
  await user.click(screen.getByRole('menuitem', { name: 'Who has not confirmed' }))
  expect(await screen.findByText('2 people whom you do not see have not confirmed it')).toBeTruthy()
  expect(screen.queryByText('Everyone has confirmed it')).toBeNull()
})

test('whoever saves second is told of the first, and what is said is about the revision they saw', async () => {
  const { asked } = serve({ 'PUT /v1/announcements/{announcement}': () => problem(412, 'directory.changed_meanwhile') })
  const { user } = await open(PAGE)
  await user.click(await screen.findByRole('button', { name: 'Actions for Fire drill' }))
  await user.click(screen.getByRole('menuitem', { name: 'Change' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Change an announcement' }))
  await user.click(dialog.getByRole('checkbox', { name: /Ask those again/ }))
  await user.click(dialog.getByRole('button', { name: 'Save' }))
  expect(await dialog.findByText(/Somebody else changed this in the meantime/)).toBeTruthy()
  const sent = asked.find((call) => call.method === 'PUT')
  expect(sent?.headers.get('if-match')).toBe('"3"')
  expect(sent?.body).toMatchObject({ title: 'Fire drill', department_ids: [], until: null, asks_again: true })
})

test('one sees who has not confirmed, and withdraws after a question', async () => {
  const { asked } = serve()
  const { user } = await open(PAGE)
  await user.click(await screen.findByRole('button', { name: 'Actions for Fire drill' }))
  await user.click(screen.getByRole('menuitem', { name: 'Who has not confirmed' }))
  const list = within(await screen.findByRole('list', { name: 'Who has not confirmed' }))
  expect(list.getAllByRole('listitem')).toHaveLength(2)
  await user.click(screen.getByRole('button', { name: 'Done' }))
  await user.click(screen.getByRole('button', { name: 'Actions for Fire drill' }))
  await user.click(screen.getByRole('menuitem', { name: 'Withdraw' }))
  await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Withdraw' }))
  await waitFor(() => expect(asked.find((call) => call.url === '/v1/announcements/b2/withdraw')?.headers.get('if-match')).toBe('"3"'))
})

test('a day is shown to its end, here', () => {
  expect(endOf('')).toBeNull()
  expect(lastDayOf(endOf('2026-12-31'))).toBe('2026-12-31')
  expect(new Date(endOf('2026-12-31') ?? '').getDate()).toBe(1)
})
