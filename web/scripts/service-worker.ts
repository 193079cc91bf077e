/** Writes `sw.js`: the worker of `src/sw.js` with the list of this build's files, so the shell opens offline. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Plugin } from 'vite'

const SHELL = ['/', '/layers.css', '/preferences.js', '/manifest.webmanifest', '/icons/tulou.svg', '/fonts/hanken-grotesk.woff2']

export function serviceWorker(): Plugin {
  return {
    name: 'tulou-service-worker',
    apply: 'build',
    generateBundle(_options, bundle) {
      const built = Object.keys(bundle)
        .filter((name) => /^assets\/.*\.(js|css)$/.test(name))
        .map((name) => `/${name}`)
        .sort()
      const files = [...SHELL, ...built]
      const version = createHash('sha256').update(files.join('\n')).digest('hex').slice(0, 12)
      const source = readFileSync(new URL('./sw.template.js', import.meta.url), 'utf8')
        .replace('__VERSION__', version)
        .replace('__FILES__', JSON.stringify(files))
      this.emitFile({ type: 'asset', fileName: 'sw.js', source })
    },
  }
}
