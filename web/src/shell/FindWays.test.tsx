/** The way to the palette is called what it says (WCAG 2.5.3): who speaks to the machine reads its name off the screen. */
import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { FindField } from './FindWays'

test.each(['wall', 'page'] as const)('the field on the %s is called by its words, without the keys beside them', (on) => {
  i18n.loadAndActivate({ locale: 'en', messages: {} })
  render(<I18nProvider i18n={i18n}><FindField on={on} /></I18nProvider>)
  expect(screen.getByRole('button', { name: on === 'wall' ? 'Search people, messages, files…' : 'Search' })).toBeTruthy()
})
