/** What holds for every translation, whatever it says. */
import { i18n } from '@lingui/core'
import { expect, test } from 'vitest'
import type { Language } from './api/types'
import { loadCatalogues } from './catalogues'
import { LANGUAGES } from './shell/language'

type Part = string | readonly [name: string, kind?: string, offers?: Readonly<Record<string, unknown>>]

/** What a compiled message is made of, its branches too. */
const partsOf = (message: unknown): Part[] =>
  Array.isArray(message) ? message.flatMap((part: Part) => [part, ...(Array.isArray(part) ? Object.values(part[2] ?? {}).flatMap(partsOf) : [])]) : []
const argumentsOf = (message: unknown) => partsOf(message).filter((part) => Array.isArray(part))
const counts = (message: unknown) => argumentsOf(message).flatMap(([name, kind]) => (kind === 'plural' ? [name] : []))

const all = async (language: Language) => ({ ...(await loadCatalogues(language)), ...(await loadCatalogues(language, 'consoles')) })

test.each(LANGUAGES.map(({ id }) => id))('a count is written with separators in %s, as every other number is', async (language) => {
  const [english, theirs] = await Promise.all([all('en'), all(language)])
  i18n.loadAndActivate({ locale: language, messages: theirs })
  const counted = Object.entries(english).filter(([, message]) => counts(message).length > 0)
  expect(counted.length).toBeGreaterThan(40)
  const said = counted.map(([id, message]) => {
    const plain = argumentsOf(message).map(([name]) => [name, 'a word'])
    return i18n._(id, Object.fromEntries([...plain, ...counts(message).map((name) => [name, 28_012])]))
  })
  expect(said.filter((text) => !text.includes('28,012'))).toEqual([])
})
