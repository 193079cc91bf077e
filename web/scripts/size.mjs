// Checks the sizes of the last build against the budget: first load with its styles, fonts, and each lazy part with its own.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const KIB = 1024
const BUDGET = { first: 300 * KIB, styles: 40 * KIB, fonts: 90 * KIB, module: 120 * KIB }
const dist = new URL('../dist/', import.meta.url)
if (!existsSync(new URL('.vite/manifest.json', dist))) {
  console.error('There is no build in dist. Run `npm run build` first.')
  process.exit(1)
}

const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'))
const gz = (file) => gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length
const shown = (bytes) => `${(bytes / KIB).toFixed(1)} KiB`

/** The chunk and everything it imports at once. */
function eager(key, seen = new Set()) {
  if (seen.has(key)) return seen
  seen.add(key)
  for (const next of manifest[key].imports ?? []) eager(next, seen)
  return seen
}

const entry = Object.keys(manifest).find((key) => manifest[key].isEntry)
const first = eager(entry)
// One text catalogue of each feature is part of the first load, but for that of the consoles: the largest counts.
const catalogues = Object.keys(manifest).filter((key) => key.endsWith('.po') && !key.includes('features/admin/'))
const folders = new Set(catalogues.map((key) => key.replace(/[^/]+\.po$/, '')))
const texts = [...folders].reduce((sum, folder) => sum + Math.max(...catalogues.filter((key) => key.startsWith(folder)).map((key) => gz(manifest[key].file))), 0)
const firstJs = [...first].reduce((sum, key) => sum + gz(manifest[key].file), 0) + texts
const stylesOf = (parts) => new Set([...parts].flatMap((key) => manifest[key].css ?? []))
const firstStyles = stylesOf(first)
const sum = (files) => [...files].reduce((all, file) => all + gz(file), 0)
const fonts = readdirSync(new URL('fonts/', dist)).filter((name) => name.endsWith('.woff2'))
const fontBytes = fonts.reduce((sum, name) => sum + statSync(new URL(`fonts/${name}`, dist)).size, 0)

const rows = [
  ['first load, JavaScript and one language', firstJs, BUDGET.first],
  ['first load, styles', sum(firstStyles), BUDGET.styles],
  ['fonts', fontBytes, BUDGET.fonts],
]
for (const key of Object.keys(manifest)) {
  if (!manifest[key].isDynamicEntry || key.endsWith('.po')) continue
  const own = [...eager(key)].filter((part) => !first.has(part))
  const styles = [...stylesOf(own)].filter((file) => !firstStyles.has(file))
  rows.push([key.replace('src/features/', ''), sum(own.map((part) => manifest[part].file)) + sum(styles), BUDGET.module])
}

let isOver = false
for (const [name, bytes, limit] of rows) {
  const over = bytes > limit
  isOver ||= over
  if (over || process.argv.includes('--all') || rows.indexOf(rows.find((row) => row[0] === name)) < 3) {
    console.log(`${over ? 'OVER ' : 'ok   '} ${shown(bytes).padStart(10)} of ${shown(limit).padStart(10)}  ${name}`)
  }
}
process.exit(isOver ? 1 : 0)
