import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import { typeDay } from '../../../../mock/render'
import { DayDialog } from './DayDialog'

test('a day of the conversation is jumped to, one before it is refused', async () => {
  i18n.loadAndActivate({ locale: 'en', messages: {} })
  const onChoose = vi.fn()
  const user = userEvent.setup({ delay: null })
  render(<I18nProvider i18n={i18n}><DayDialog isOpen onOpenChange={() => undefined} since="2026-03-01T12:00:00" onChoose={onChoose} /></I18nProvider>)
  const field = screen.getByRole('group', { name: 'Day' })
  await typeDay(user, field, '02282026')
  expect(screen.getByRole('button', { name: 'Jump' })).toHaveProperty('disabled', true)
  expect(screen.getByText('A day since the conversation began, today at the latest.')).toBeTruthy()
  await typeDay(user, field, '03022026')
  await user.click(screen.getByRole('button', { name: 'Jump' }))
  expect(onChoose).toHaveBeenCalledWith(new Date(2026, 2, 2).toISOString())
})
