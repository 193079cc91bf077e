/** What stands in a row can be read in every state of the row (WCAG 1.4.3). */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const tokens = readFileSync('src/ui/tokens.css', 'utf8')
const row = readFileSync('src/features/messages/list/ConversationRow.module.css', 'utf8')
const [light = '', dark = ''] = tokens.split(/^ *\[?.*data-theme="dark".*\{/m)

function token(theme: string, name: string): string {
  const value = new RegExp(`--${name}: (#[0-9a-f]{6})`).exec(theme)?.[1]
  if (!value) throw new Error(`no colour ${name}`)
  return value
}

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: string, b: string): number {
  const [darker = 0, lighter = 0] = [luminance(a), luminance(b)].sort((one, other) => one - other)
  return (lighter + 0.05) / (darker + 0.05)
}

/** The colours of a row that is pointed at, pressed, or has its menu open, as its rules say. */
function colours(): string[] {
  const rules = [...row.matchAll(/\.row:is\(\[data-hovered\], \[data-pressed\], \[data-menu\]\)([^{]*)\{([^}]*)\}/g)].map(([, of = '', what = '']) => `${of}${what}`).join(' ')
  const quiet = /--fg-3: var\(--([\w-]+)\)/.exec(rules)?.[1] ?? 'fg-3'
  const called = /\.at [^;]*color: var\(--([\w-]+)\)/.exec(rules)?.[1] ?? 'mark'
  return [quiet, called, 'accent', 'bad', 'fg-1']
}

test.each([['light', light], ['dark', dark]])('on the darker ground, %s', (_name, theme) => {
  for (const name of colours()) expect(contrast(token(theme, name), token(theme, 'bg-press')), name).toBeGreaterThanOrEqual(4.5)
})
