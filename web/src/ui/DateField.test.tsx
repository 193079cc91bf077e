import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { I18nProvider } from 'react-aria-components'
import { expect, test } from 'vitest'
import { DateField } from './DateField'

function Birthday({ locale, onDay }: { locale: string; onDay: (day: string) => void }) {
  const [day, setDay] = useState('')
  return (
    <I18nProvider locale={locale}>
      <DateField label="Birthday" value={day} onChange={(value) => { setDay(value); onDay(value) }} />
    </I18nProvider>
  )
}

test('a day is typed in the order of the language, and is the same day in any', async () => {
  for (const [locale, typed, order] of [['zh-CN', '19900507', 'year month day'], ['en', '07051990', 'day month year']] as const) {
    const days: string[] = []
    const { unmount } = render(<Birthday locale={locale} onDay={(day) => days.push(day)} />)
    // One group with the field's name, not one within another of the same name.
    expect(screen.getAllByRole('group', { name: 'Birthday' })).toHaveLength(1)
    const parts = screen.getAllByRole('spinbutton')
    expect(parts.map((part) => part.dataset.type).join(' ')).toBe(order)
    await userEvent.tab()
    await userEvent.keyboard(typed)
    expect(days).toEqual(['1990-05-07'])
    unmount()
  }
})

test('what is no day of the calendar is shown as none', () => {
  render(<DateField label="Day" value="2026-02-30" onChange={() => undefined} />)
  expect(screen.getAllByRole('spinbutton').map((part) => part.getAttribute('aria-valuetext'))).toEqual(['Empty', 'Empty', 'Empty'])
})
