/** Functions are found by what people call them elsewhere, whatever language the screen is in (SRCH-01). */
import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { open, serve } from '../../../mock/render'
import { find } from '~/shell/finding'
import { provideSearch } from './testing'
import { isCalled } from './synonyms'

provideSearch()

test('the palette finds functions by their other names, by pinyin, and by what others call them', async () => {
  serve()
  await open('/o/yunwu/people')
  await screen.findByRole('heading', { level: 1 })
  act(() => find())
  const field = await screen.findByRole('combobox', { name: 'Search' })
  const firstFor = async (words: string, name: string) => {
    fireEvent.change(field, { target: { value: words } })
    await waitFor(() => expect(screen.queryAllByRole('option')[0]?.textContent, words).toMatch(name))
  }
  for (const words of ['通讯录', '通訊錄', 'phone book', 'txl', 'tong xun lu', '花名册']) await firstFor(words, 'Directory')
  for (const words of ['night mode', '夜间模式', '深色', 'heianmoshi']) await firstFor(words, 'Dark theme')
  for (const words of ['org chart', '组织架构', '組織圖', 'zzjg']) await firstFor(words, 'Organisation chart')
  for (const words of ['vacation calendar', '节假日', '國定假日']) await firstFor(words, 'Working days')
  for (const words of ['日志', '操作紀錄', 'czrz']) await firstFor(words, 'Audit log')
  for (const words of ['偏好设置', 'preferences', '設定']) await firstFor(words, 'Profile')
  await firstFor('retention', 'Retention')
  await firstFor('离职交接', 'Hand-over')
  await firstFor('退出登录', 'Sign out')
})

test('a word is meant from its beginning, a Chinese one by any part; nothing is called nothing', () => {
  expect(isCalled('dark', 'mode')).toBe(true)
  expect(isCalled('dark', 'ode')).toBe(false)
  expect(isCalled('dark', '间模')).toBe(true)
  expect(isCalled('dark', '  ')).toBe(false)
  expect(isCalled('unheard-of', 'dark')).toBe(false)
})
