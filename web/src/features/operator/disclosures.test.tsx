/** The operator writes down what the law made them hand over, and corrects a record by another one (ORG-07). */
import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { open, serve, typeDay } from '../../../mock/render'

const first = { id: 'd1', recipient: '市公安局', ground: 'Order 12/2026', kinds: ['claim'], disclosed_on: '2026-11-20', recorded_at: '2026-11-21T02:00:00Z' }

async function verification() {
  const { user } = await open('/operator')
  await user.click(within(await screen.findByRole('row', { name: /云坞集团/ })).getByRole('button'))
  await user.click(await screen.findByRole('menuitem', { name: 'Verification' }))
  return user
}

test('a disclosure is written down with to whom, on what ground, what and when', async () => {
  const { asked } = serve()
  const user = await verification()
  await user.click(await screen.findByRole('button', { name: 'Record a disclosure to an authority…' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Record a disclosure' }))
  await user.type(dialog.getByLabelText('To which authority, or to whom it named'), '市公安局')
  await user.type(dialog.getByLabelText('Legal ground and number of the order'), 'Order 12/2026')
  await user.click(dialog.getByRole('button', { name: 'Record' }))
  expect(await dialog.findByText('Choose what was handed over.')).toBeTruthy()
  await user.click(dialog.getByRole('checkbox', { name: 'Documents' }))
  await typeDay(user, dialog.getByRole('group', { name: 'On which day' }), '20112026')
  await user.click(dialog.getByRole('button', { name: 'Record' }))
  await waitFor(() => expect(asked.find((one) => one.url.endsWith('/disclosures'))?.body).toEqual({ recipient: '市公安局', ground: 'Order 12/2026', kinds: ['documents'], disclosed_on: '2026-11-20', corrects: null }))
})

test('a correction begins with what was recorded, and names it', async () => {
  const body = { state: 'none', revision: 0, documents: [], disclosures: [first] }
  const { asked } = serve({ 'GET /v1/operator/organisations/{organisation}/verification': () => ({ status: 200, body }) })
  const user = await verification()
  await user.click(await screen.findByRole('button', { name: 'Correct…' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Correct a record' }))
  await user.type(dialog.getByLabelText('Legal ground and number of the order'), ' B')
  await user.click(dialog.getByRole('button', { name: 'Record' }))
  await waitFor(() => expect(asked.find((one) => one.url.endsWith('/disclosures'))?.body).toMatchObject({ ground: 'Order 12/2026 B', corrects: 'd1' }))
})
