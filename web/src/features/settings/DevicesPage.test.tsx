/** Every button says which device it is about, also where the device has no name. */
import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { sessions } from '../../../mock/records'
import { open, serve } from '../../../mock/render'

test('a program without a name is told from others by where it is', async () => {
  const [first] = sessions
  const items = ['10.0.0.1', '10.0.0.2'].map((address) => ({ ...first, id: address, device: '', address, is_current: false }))
  serve({ 'GET /v1/sessions': () => ({ status: 200, body: { items } }) })
  await open('/o/yunwu/settings/devices')
  expect(await screen.findByRole('button', { name: 'Sign out Unknown device, 10.0.0.1' }, { timeout: 5_000 })).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Sign out Unknown device, 10.0.0.2' })).toBeTruthy()
})

test('the device one sits at is in use now, whenever that was noted last', async () => {
  const [first] = sessions
  serve({ 'GET /v1/sessions': () => ({ status: 200, body: { items: [{ ...first, address: '10.0.0.1', is_current: true }] } }) })
  await open('/o/yunwu/settings/devices')
  expect(await screen.findByText('10.0.0.1 · in use now')).toBeTruthy()
  expect(screen.queryByText(/last seen/)).toBeNull()
})
