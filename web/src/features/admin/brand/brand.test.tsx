import { screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { problem, type Handler } from '../../../../mock/handlers'
import { open, serve } from '../../../../mock/render'

const can = { edit: true }

async function section(own: Record<string, Handler>) {
  const { asked } = serve(own)
  const { user } = await open('/o/yunwu/admin/organisation')
  const of = within(await screen.findByRole('region', { name: 'Look of the organisation' }))
  const field = (name: string) => of.getByRole<HTMLInputElement>('textbox', { name })
  await of.findByRole('textbox', { name: 'Accent' })
  return { asked, user, of, field, save: () => user.click(of.getByRole('button', { name: 'Save' })) }
}

test('an accent colours the page, is saved with the revision that was seen, and can be undone', async () => {
  let now: Record<string, unknown> = { revision: 3, can }
  const own: Record<string, Handler> = {
    'GET /v1/brand': () => ({ status: 200, body: now }),
    'PUT /v1/brand': () => {
      now = { revision: 4, accent: '#9c2b6e', can }
      return { status: 200, body: now }
    },
  }
  const { asked, user, field, save } = await section(own)
  await user.type(field('Accent'), '#9C2B6E')
  await save()
  await waitFor(() => expect(document.documentElement.style.getPropertyValue('--brand')).toBe('#9c2b6e'))
  const saved = asked.find(({ method }) => method === 'PUT')
  expect(saved?.body).toEqual({ name: null, accent: '#9C2B6E' })
  expect(saved?.headers.get('if-match')).toBe('"3"')
  await user.click(await screen.findByRole('button', { name: 'Undo' }))
  await waitFor(() => expect(asked.filter(({ method }) => method === 'PUT').at(-1)?.body).toEqual({ name: null, accent: null }))
  expect(asked.filter(({ method }) => method === 'PUT').at(-1)?.headers.get('if-match')).toBe('"4"')
})

test('what nobody could read is refused at its field, and what was typed stays', async () => {
  const { user, of, field, save } = await section({ 'PUT /v1/brand': () => problem(422, 'invalid', { field: 'accent', why: 'too_pale' }) })
  await user.type(field('Display name'), 'Mist')
  await user.type(field('Accent'), '#ffcc00')
  await save()
  expect(await of.findByText(/Choose a darker one/)).toBeTruthy()
  expect(field('Accent').getAttribute('aria-invalid')).toBe('true')
  expect(field('Display name').value).toBe('Mist')
})

test('whoever comes second sees what the other one changed, and decides', async () => {
  let now: Record<string, unknown> = { revision: 0, name: 'Mist', can }
  const own: Record<string, Handler> = {
    'GET /v1/brand': () => ({ status: 200, body: now }),
    'PUT /v1/brand': () => {
      now = { revision: 1, name: 'Cloud', can }
      return problem(412, 'directory.changed_meanwhile')
    },
  }
  const { user, of, field, save } = await section(own)
  await user.type(field('Accent'), '#266365')
  await save()
  expect(await of.findByText('What they changed:')).toBeTruthy()
  await waitFor(() => expect(field('Display name').value).toBe('Cloud'))
  expect(field('Accent').value).toBe('#266365')
  await user.click(of.getByRole('button', { name: 'Take what they wrote' }))
  expect(field('Accent').value).toBe('')
})
