/** The language of the interface: its catalogues are loaded when it is chosen. */
import { i18n, type Messages } from '@lingui/core'
import type { Language } from '~/api/types'
import { writeCookie } from './preferences'

export const LANGUAGES: { id: Language; name: string; short: string }[] = [
  { id: 'zh-CN', name: '简体中文', short: '简体' },
  { id: 'zh-TW', name: '繁體中文', short: '繁體' },
  { id: 'en', name: 'English', short: 'English' },
]

type Loader = (language: Language) => Promise<Messages>
let load: Loader = async () => ({})

/** Called once at the start with the catalogues of the shell and of every feature. */
export function provideCatalogues(loader: Loader) {
  load = loader
}

export function isLanguage(value: unknown): value is Language {
  return LANGUAGES.some((language) => language.id === value)
}

export async function activate(language: Language) {
  i18n.loadAndActivate({ locale: language, messages: await load(language) })
  document.documentElement.lang = language
}

/** The account's language, where this device has not chosen one. */
export async function followAccount(language: string | null | undefined) {
  const hasChosen = /(?:^|; )language=/.test(document.cookie)
  if (!hasChosen && isLanguage(language) && language !== i18n.locale) await chooseLanguage(language)
}

/** Switches, and remembers it in the preference cookie. */
export async function chooseLanguage(language: Language) {
  writeCookie('language', language)
  await activate(language)
}
