/** The language of the interface: its catalogues are loaded when it is chosen. */
import { i18n, type Messages } from '@lingui/core'
import type { Language } from '~/api/types'
import { writeCookie } from './preferences'

export const LANGUAGES: { id: Language; name: string; short: string }[] = [
  { id: 'zh-CN', name: '简体中文', short: '简体' },
  { id: 'zh-TW', name: '繁體中文', short: '繁體' },
  { id: 'en', name: 'English', short: 'English' },
]

/** Which texts: those of the consoles are many, and few people enter one. */
export type Part = 'everywhere' | 'consoles'

type Loader = (language: Language, part: Part) => Promise<Messages>
let load: Loader = async () => ({})

/** What is loaded with every language that is chosen. */
const parts = new Set<Part>(['everywhere'])

/** Called once at the start with the catalogues of the shell and of every feature. */
export function provideCatalogues(loader: Loader) {
  load = loader
}

export function isLanguage(value: unknown): value is Language {
  return LANGUAGES.some((language) => language.id === value)
}

export async function activate(language: Language) {
  const loaded = await Promise.all([...parts].map((part) => load(language, part)))
  i18n.loadAndActivate({ locale: language, messages: Object.assign({}, ...loaded) })
  document.documentElement.lang = language
}

/** Before a console is shown. */
export async function needConsoleTexts() {
  if (parts.has('consoles') || !isLanguage(i18n.locale)) return
  i18n.load(i18n.locale, await load(i18n.locale, 'consoles'))
  parts.add('consoles')
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
