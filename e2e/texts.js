// The client's own catalogues: stories find what people see, in each language, by its English text.
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const source = resolve(import.meta.dirname, '../web/src')

function catalogues(language) {
  const features = readdirSync(join(source, 'features')).map((name) => join(source, 'features', name, 'locales'))
  return [join(source, 'locales'), ...features].map((folder) => join(folder, `${language}.po`))
}

function entries(file) {
  let text
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    return []
  }
  const unfold = (block, key) =>
    (new RegExp(`^${key} ((?:"(?:[^"\\\\]|\\\\.)*"\\n?)+)`, 'm').exec(block)?.[1] ?? '')
      .split('\n').filter(Boolean).map((line) => JSON.parse(line)).join('')
  return text.split(/\n\n/).map((block) => [keyed(unfold(block, 'msgid'), unfold(block, 'msgctxt')), unfold(block, 'msgstr')]).filter(([id]) => id)
}

const keyed = (id, context) => (context ? `${context}\u0004${id}` : id)

/** How the client says this English text in the language; where it means several things, `context` says which. */
export function speaks(language) {
  const known = new Map(catalogues(language).flatMap(entries))
  return (english, context) => {
    const said = known.get(keyed(english, context))
    if (!said) throw new Error(`no text for “${english}” in ${language}`)
    return said
  }
}
