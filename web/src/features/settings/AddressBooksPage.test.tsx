/** Passwords for address books: shown once, listed without themselves. */
import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { open, serve } from '../../../mock/render'

test('a password is shown once, and its device can be shut out', async () => {
  const items: { id: string; name: string; created_at: string }[] = []
  const id = '0192f7a0-00bb-7000-8000-000000000001'
  serve({
    'GET /v1/app-passwords': () => ({ status: 200, body: { items } }),
    'POST /v1/app-passwords': () => {
      items.push({ id, name: 'Phone', created_at: '2026-11-01T08:00:00Z' })
      return { status: 201, body: { id, server: 'https://office.example', user_name: 'k7fm2x9q.yunwu', password: 'abcd-efgh-jkmn-pqrs-tuvw' } }
    },
    'DELETE /v1/app-passwords/{password}': () => {
      items.pop()
      return { status: 204, body: undefined }
    },
  })
  const { user } = await open('/o/yunwu/settings/address-books')
  await user.click(await screen.findByRole('button', { name: 'New password' }))
  await user.type(await screen.findByRole('textbox', { name: 'Which device' }), 'Phone')
  await user.click(screen.getByRole('button', { name: 'Make it' }))
  expect(await screen.findByText('abcd-efgh-jkmn-pqrs-tuvw')).toBeTruthy()
  await user.click(screen.getByRole('button', { name: 'Done' }))
  await waitFor(() => expect(screen.queryByText('abcd-efgh-jkmn-pqrs-tuvw')).toBeNull())
  await user.click(await screen.findByRole('button', { name: 'Revoke Phone' }))
  await user.click(await screen.findByRole('button', { name: 'Revoke' }))
  expect(await screen.findByText('No device yet')).toBeTruthy()
})
