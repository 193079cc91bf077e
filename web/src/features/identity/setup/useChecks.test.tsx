/** What is missing is said in words of its own, before the server is asked. */
import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, renderHook } from '@testing-library/react'
import type { ReactNode } from 'react'
import { expect, test } from 'vitest'
import { ApiError } from '~/api/error'
import { useProblemText } from '~/api/problems'
import { calledIn, useSetUpForm } from './form'
import { useChecks } from './useChecks'

i18n.loadAndActivate({ locale: 'en', messages: {} })

const wrapper = ({ children }: { children: ReactNode }) => (
  <QueryClientProvider client={new QueryClient()}>
    <I18nProvider i18n={i18n}>{children}</I18nProvider>
  </QueryClientProvider>
)

const ADULT = 'Please confirm that you are an adult.'

test('the box about age asks for what it is about, the others for agreement', () => {
  const { result } = renderHook(() => {
    const form = useSetUpForm()
    return { form, check: useChecks(form, false) }
  }, { wrapper })
  act(() => void result.current.check(4))
  expect(result.current.form.errors).toMatchObject({ isAdult: ADULT, accepts: 'Please agree to go on.', attests: 'Please agree to go on.' })
})

test('everything that is wrong on a page is marked at once', () => {
  const { result } = renderHook(() => {
    const form = useSetUpForm()
    return { form, check: useChecks(form, false) }
  }, { wrapper })
  act(() => {
    for (const [name, text] of Object.entries({ name_en: 'Yunwu', contact_phone: '12', contact_email: 'shen', name: 'Shen', user_id: '.', phone: 'call me', email: 'shen@yunwu', password: 'kiln osprey tallow' })) result.current.form.set(name, text)
  })
  act(() => expect(result.current.check(1)).toBe(false))
  act(() => expect(result.current.check(2)).toBe(false))
  expect(Object.keys(result.current.form.errors).filter((name) => result.current.form.errors[name] !== undefined).sort()).toEqual(['contact_email', 'contact_name', 'contact_phone', 'email', 'industry', 'phone', 'user_id'])
  expect(result.current.form.errors).toMatchObject({ contact_email: 'This does not look like an e-mail address.', user_id: '2 to 64 characters.' })
  act(() => {
    for (const [name, text] of Object.entries({ user_id: 'shen', phone: '13800132200', email: 'shen@yunwu.example' })) result.current.form.set(name, text)
  })
  act(() => expect(result.current.check(2)).toBe(true))
})

test('the server says it in the same words', () => {
  const { result } = renderHook(() => useProblemText(), { wrapper })
  expect(result.current(new ApiError({ status: 422, code: 'invalid', field: 'is_adult', why: 'must_be_true' }))).toBe(ADULT)
})

test('the organisation is called by its name in the language of the reader, or by the one it has', () => {
  const both = { name_zh: '云梧', name_en: 'Yunwu' }
  expect([calledIn('en', both), calledIn('zh-CN', both), calledIn('zh-TW', both)]).toEqual(['Yunwu', '云梧', '云梧'])
  expect([calledIn('en', { ...both, name_en: '' }), calledIn('zh-CN', { ...both, name_zh: '' })]).toEqual(['云梧', 'Yunwu'])
})
