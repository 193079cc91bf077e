/** The consoles' texts are loaded by whoever enters one, once, and with every language that is chosen after that. */
import { i18n } from '@lingui/core'
import { expect, test } from 'vitest'
import { activate, needConsoleTexts, provideCatalogues } from './language'

test('a console brings its texts, and another language keeps them', async () => {
  const asked: string[] = []
  provideCatalogues(async (language, part) => {
    asked.push(`${language} ${part}`)
    return { [part]: `${part} in ${language}` }
  })
  await activate('en')
  expect(i18n.messages).toEqual({ everywhere: 'everywhere in en' })
  await needConsoleTexts()
  await needConsoleTexts()
  expect(i18n.messages).toEqual({ everywhere: 'everywhere in en', consoles: 'consoles in en' })
  await activate('zh-CN')
  expect(i18n.messages).toEqual({ everywhere: 'everywhere in zh-CN', consoles: 'consoles in zh-CN' })
  expect(asked).toEqual(['en everywhere', 'en consoles', 'zh-CN everywhere', 'zh-CN consoles'])
})
