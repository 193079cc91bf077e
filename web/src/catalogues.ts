/** Every text catalogue there is, one chunk for each language; the consoles' texts are loaded by those who enter one. */
import type { Messages } from '@lingui/core'
import type { Language } from '~/api/types'
import type { Part } from '~/shell/language'

type Files = Record<string, () => Promise<{ messages: Messages }>>

const files: Record<Part, Files> = {
  everywhere: import.meta.glob<{ messages: Messages }>(['./locales/*.po', './features/*/locales/*.po', '!./features/admin/locales/*.po']),
  consoles: import.meta.glob<{ messages: Messages }>('./features/admin/locales/*.po'),
}

export async function loadCatalogues(language: Language, part: Part = 'everywhere'): Promise<Messages> {
  const wanted = Object.entries(files[part]).filter(([path]) => path.endsWith(`/${language}.po`))
  const loaded = await Promise.all(wanted.map(([, load]) => load()))
  return Object.assign({}, ...loaded.map((file) => file.messages))
}
