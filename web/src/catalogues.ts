/** Every text catalogue there is, one chunk for each language. */
import type { Messages } from '@lingui/core'
import type { Language } from '~/api/types'

const files = import.meta.glob<{ messages: Messages }>(['./locales/*.po', './features/*/locales/*.po'])

export async function loadCatalogues(language: Language): Promise<Messages> {
  const wanted = Object.entries(files).filter(([path]) => path.endsWith(`/${language}.po`))
  const loaded = await Promise.all(wanted.map(([, load]) => load()))
  return Object.assign({}, ...loaded.map((file) => file.messages))
}
