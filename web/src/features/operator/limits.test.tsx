/** The limits of an organisation, as an operator sets them. */
import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { problem } from '../../../mock/handlers'
import { hosted } from '../../../mock/operator'
import { open, serve } from '../../../mock/render'
import { GIB } from './amounts'

const limits = (asked: ReturnType<typeof serve>['asked']) => asked.filter((call) => call.method === 'PUT' && call.url.endsWith('/limits'))

async function openLimits() {
  const { user } = await open('/operator')
  await user.click(await screen.findByRole('button', { name: /Actions for .*云坞集团/ }, { timeout: 5000 }))
  await user.click(await screen.findByRole('menuitem', { name: 'Limits' }))
  return user
}

test('limits are typed as people and GiB; an empty field is no limit', async () => {
  const { asked } = serve()
  const user = await openLimits()
  const people = await screen.findByLabelText('Most people')
  expect((people as HTMLInputElement).value).toBe('60')
  await user.clear(people)
  await user.type(people, 'many')
  await user.click(screen.getByRole('button', { name: 'Save' }))
  expect(await screen.findByText('This is not a number.')).toBeTruthy()
  await user.clear(people)
  await user.type(screen.getByLabelText('Most storage, in GiB'), '2.5')
  await user.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(limits(asked)[0]?.body).toEqual({ most_people: null, most_bytes: 2.5 * GIB }))
})

test('what was not touched stays what it is, to the byte', async () => {
  const odd = GIB + 1
  const { asked } = serve({ 'GET /v1/operator/organisations': () => ({ status: 200, body: { items: hosted.map((one) => ({ ...one, most_bytes: odd })) } }) })
  const user = await openLimits()
  const people = await screen.findByLabelText('Most people')
  await user.clear(people)
  await user.type(people, '1,000')
  await user.click(screen.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(limits(asked)[0]?.body).toEqual({ most_people: 1000, most_bytes: odd }))
})

test('whoever limits second sees what the first set; what they typed themselves is still there', async () => {
  let isChanged = false
  const now = () => hosted.map((one, place) => (isChanged && place === 0 ? { ...one, most_people: 80, revision: 3 } : one))
  const { asked } = serve({
    'GET /v1/operator/organisations': () => ({ status: 200, body: { items: now() } }),
    'PUT /v1/operator/organisations/{organisation}/limits': () => {
      if (isChanged) return { status: 204 }
      isChanged = true
      return problem(412, 'directory.changed_meanwhile')
    },
  })
  const user = await openLimits()
  const dialog = within(await screen.findByRole('dialog'))
  await user.type(dialog.getByLabelText('Most storage, in GiB'), '2')
  await user.click(dialog.getByRole('button', { name: 'Save' }))
  expect(await dialog.findByText('What they changed:')).toBeTruthy()
  expect(dialog.getByText('Most people', { selector: 'dt' }).nextElementSibling?.textContent).toBe('80')
  await user.click(dialog.getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  const sent = limits(asked)
  expect(sent.map((call) => call.headers.get('if-match'))).toEqual(['"2"', '"3"'])
  expect(sent[1]?.body).toEqual({ most_people: 80, most_bytes: 2 * GIB })
})
