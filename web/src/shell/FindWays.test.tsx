/** The way to the palette is called what it says (WCAG 2.5.3): who speaks to the machine reads its name off the screen. */
import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { applications } from './applications'
import { FindField } from './FindWays'

/** The field, as somebody sees it to whom messages are searched, or not. */
function show(on: 'wall' | 'page', searchesMessages: boolean) {
  i18n.loadAndActivate({ locale: 'en', messages: {} })
  const queries = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } })
  queries.setQueryData(applications().queryKey, { items: [{ key: 'message_search', is_open: searchesMessages, by_departments: true }], can: { edit: false } })
  render(<QueryClientProvider client={queries}><I18nProvider i18n={i18n}><FindField on={on} /></I18nProvider></QueryClientProvider>)
}

test.each(['wall', 'page'] as const)('the field on the %s is called by its words, without the keys beside them', (on) => {
  show(on, true)
  expect(screen.getByRole('button', { name: on === 'wall' ? 'Search people, messages, files…' : 'Search' })).toBeTruthy()
})

test('it does not promise messages to whom they are not searched (OPN-03)', () => {
  show('wall', false)
  expect(screen.getByRole('button', { name: 'Search people, conversations…' })).toBeTruthy()
})
