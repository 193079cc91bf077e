/** The word that somebody called ends with the conversation it is about being opened, and no other. */
import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { act, render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { clearToasts, Toasts } from '~/ui/toast'
import { useCalls } from './useCalls'

function Calls({ open }: { open: string | null }) {
  const call = useCalls(open)
  const shout = () => {
    call('c1', 'Bob mentioned you in Move')
    call('c2', 'Cen mentioned you in Dock')
  }
  return (
    <I18nProvider i18n={i18n}>
      <button type="button" onClick={shout}>Shout</button>
      <Toasts />
    </I18nProvider>
  )
}

test('what was called out goes once its conversation is opened', async () => {
  i18n.loadAndActivate({ locale: 'en', messages: {} })
  clearToasts()
  const { rerender } = render(<Calls open={null} />)
  act(() => screen.getByRole('button', { name: 'Shout' }).click())
  expect(await screen.findByText('Bob mentioned you in Move')).toBeTruthy()
  rerender(<Calls open="c1" />)
  await expect.poll(() => screen.queryByText('Bob mentioned you in Move')).toBeNull()
  expect(screen.getByText('Cen mentioned you in Dock')).toBeTruthy()
})
