import { i18n } from '@lingui/core'
import { I18nProvider } from '@lingui/react'
import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { I18nProvider as Locale } from 'react-aria-components'
import { expect, test } from 'vitest'
import { loadCatalogues } from '~/catalogues'
import { Tree } from './Tree'

const nodes = [{ id: 'east', label: '华东', hasChildren: true, children: () => [{ id: 'third', label: '3组', hasChildren: false, children: () => [] }] }]

test.each([
  ['en', 'Expand 华东', 'Collapse 华东'],
  ['zh-CN', '展开 华东', '收起 华东'],
  ['zh-TW', '展開 华东', '收合 华东'],
] as const)('in %s the button of a branch says what it does', async (language, open, close) => {
  i18n.loadAndActivate({ locale: language, messages: await loadCatalogues(language) })
  render(<Locale locale={language}><I18nProvider i18n={i18n}><Tree label="x" nodes={nodes} current={null} /></I18nProvider></Locale>)
  await userEvent.click(screen.getByRole('button', { name: open }))
  expect(await screen.findByRole('button', { name: close })).toBeTruthy()
})
