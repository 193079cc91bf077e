/** What the data map says in three languages, in that of the reader. */
import { useLingui } from '@lingui/react/macro'
import type { Words } from '~/api/types'
import { isLanguage } from './language'

export function useWords(): (words: Words) => string {
  const { i18n } = useLingui()
  const language = isLanguage(i18n.locale) ? i18n.locale : 'en'
  return (words) => words[language]
}
