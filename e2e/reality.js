// What a run really left on a device and really said in its log, beside what the data map declares of both.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const MAP = readFileSync(join(import.meta.dirname, '..', 'DATA_MAP.md'), 'utf8')
const COOKIES = declared('Cookies', /^\* ([\w-]+):/gm)
/** By kind and name. */
const KEPT = declared('In the browser', /^\* ([\w-]+): (\w+),/gm)
const FIELDS = [...declared('Log fields', /^\* (\w+):/gm), ...declared('Log fields about nobody', /^\* (\w+)$/gm)]
/** What every line has, whatever it says. */
const FRAME = ['timestamp', 'level', 'target', 'message']

function declared(title, entry) {
  const section = MAP.split(`\n## ${title}\n`)[1].split('\n## ')[0]
  const found = [...section.matchAll(entry)].map(([, name, kind]) => (kind ? `${kind} ${name}` : name))
  if (found.length === 0) throw new Error(`DATA_MAP.md declares nothing under ${title}`)
  return found
}

/** What stands in the browser now: kind and name; a cache by the word before its version. */
export function kept(page) {
  return page.evaluate(async () => {
    const databases = (await indexedDB.databases()).map(({ name }) => `indexed_db ${name}`)
    const caches_ = (await caches.keys()).map((name) => `cache ${name.split('-')[0]}`)
    const local = Object.keys(localStorage).map((key) => `local_storage ${key}`)
    const session = Object.keys(sessionStorage).map((key) => `session_storage ${key}`)
    return [...new Set([...databases, ...caches_, ...local, ...session])]
  })
}

/** What a window leaves on the device that nobody declared. */
export async function undeclaredOn({ context, page, origin }) {
  const cookies = (await context.cookies()).map((one) => one.name).filter((name) => !COOKIES.includes(name))
  // A window that was closed, or stands at an error of the browser's own, has nothing to ask.
  const isOurs = !page.isClosed() && page.url().startsWith(origin)
  const places = isOurs ? (await kept(page)).filter((place) => !KEPT.includes(place)) : []
  return [...cookies.map((name) => `cookie ${name}`), ...places]
}

/** What a line of the log says that it may not: a field that nobody declared, or what somebody is called or writes. */
export function undeclaredIn(line) {
  const { span, ...said } = JSON.parse(line)
  const { name: _, ...around } = span ?? {}
  const fields = Object.entries({ ...around, ...said })
  const unknown = fields.map(([name]) => name).filter((name) => !FRAME.includes(name) && !FIELDS.includes(name))
  const content = fields.filter(([, value]) => /[\p{Script=Han}@]/u.test(String(value))).map(([name]) => `content in ${name}`)
  return [...unknown, ...content]
}
