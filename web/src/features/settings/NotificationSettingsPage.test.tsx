/** What the account wants and what this browser allows are two things, and both can be seen. */
import { act, screen, waitFor } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { open, serve } from '../../../mock/render'

/** A browser that allows, refuses or was never asked, and what it answers when it is. */
function browser(permission: NotificationPermission, answer: NotificationPermission = permission) {
  const fake = {
    permission,
    requestPermission: vi.fn<() => Promise<NotificationPermission>>(async () => {
      fake.permission = answer
      return answer
    }),
  }
  vi.stubGlobal('Notification', fake)
  return fake
}

async function opened() {
  const { state, asked } = serve()
  state.settings.desktop = true
  const { user } = await open('/o/yunwu/settings/notifications')
  const toggle = await screen.findByRole('switch', { name: /^Show notifications/ }, { timeout: 5_000 })
  return { user, toggle, puts: () => asked.flatMap(({ method, body }) => (method === 'PUT' ? [body['desktop']] : [])) }
}

test('a browser that refuses says so, and also once that was changed in its settings', async () => {
  const fake = browser('denied')
  const { toggle } = await opened()
  expect(toggle).toHaveProperty('checked', true)
  expect(screen.getByText(/does not allow notifications from this page/)).toBeTruthy()
  fake.permission = 'granted'
  await act(async () => window.dispatchEvent(new Event('focus')))
  expect(screen.queryByText(/does not allow/)).toBeNull()
})

test('a browser that was never asked shows none until it is asked by a press', async () => {
  const fake = browser('default', 'granted')
  const { user, puts } = await opened()
  expect(screen.getByText(/has not asked you yet/)).toBeTruthy()
  expect(fake.requestPermission).not.toHaveBeenCalled()
  await user.click(screen.getByRole('button', { name: 'Allow here' }))
  await waitFor(() => expect(screen.queryByText(/has not asked you yet/)).toBeNull())
  expect(puts()).toEqual([])
})

test('switched off and on again it asks where it was not asked yet; a refusal concerns this browser only', async () => {
  const fake = browser('default', 'denied')
  const { user, toggle, puts } = await opened()
  await user.click(toggle)
  expect(screen.queryByText(/has not asked you yet/)).toBeNull()
  await user.click(toggle)
  expect(fake.requestPermission).toHaveBeenCalledTimes(1)
  expect(await screen.findByText(/does not allow notifications from this page/)).toBeTruthy()
  expect(puts()).toEqual([false, true])
})
