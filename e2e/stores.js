// What the pages left in the browser, compared with what the data map declares.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Ids of the section "In the browser" of DATA_MAP.md, with their kinds. */
export function declared() {
  const text = readFileSync(join(import.meta.dirname, '..', 'DATA_MAP.md'), 'utf8')
  const section = text.split('## In the browser')[1].split('\n## ')[0]
  return [...section.matchAll(/^\* ([^:]+): (\w+),/gm)].map(([, id, kind]) => `${kind} ${id}`)
}

/** What is there now: kind and id; a cache by the word before its version. */
export function kept(page) {
  return page.evaluate(async () => {
    const databases = (await indexedDB.databases()).map(({ name }) => `indexed_db ${name}`)
    const caches_ = (await caches.keys()).map((name) => `cache ${name.split('-')[0]}`)
    const local = Object.keys(localStorage).map((key) => `local_storage ${key}`)
    const session = Object.keys(sessionStorage).map((key) => `session_storage ${key}`)
    return [...new Set([...databases, ...caches_, ...local, ...session])]
  })
}
