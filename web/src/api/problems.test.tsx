/** Whoever has to wait reads for how long. */
import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { renderHook } from '@testing-library/react'
import type { ReactNode } from 'react'
import { expect, test } from 'vitest'
import { loadCatalogues } from '~/catalogues'
import { ApiError } from './error'
import { useProblemText } from './problems'

const wrapper = ({ children }: { children: ReactNode }) => <I18nProvider i18n={i18n}>{children}</I18nProvider>

async function said(language: 'en' | 'zh-CN' | 'zh-TW', ...waits: (number | null)[]) {
  i18n.loadAndActivate({ locale: language, messages: await loadCatalogues(language) })
  const { result } = renderHook(() => useProblemText(), { wrapper })
  return waits.map((retry_after_s) => result.current(new ApiError({ status: 429, code: 'rate_limited', retry_after_s })))
}

test('a refusal that ends says when, never too early', async () => {
  expect(await said('en', 1, 90, 91, 120, 86_400, null)).toEqual([
    'That was too often. Try again in 1 second.',
    'That was too often. Try again in 90 seconds.',
    'That was too often. Try again in 2 minutes.',
    'That was too often. Try again in 2 minutes.',
    'That was too often. Try again in 24 hours.',
    'That was too often. Wait a moment, then try again.',
  ])
})

test('in Chinese too', async () => {
  expect(await said('zh-CN', 120)).toEqual(['操作太频繁了，请在 2 分钟后再试。'])
  expect(await said('zh-TW', 120)).toEqual(['操作太頻繁了，請在 2 分鐘後再試。'])
})
