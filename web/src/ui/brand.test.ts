/** Whatever accent the server takes, what is written in its shades and on them can be read (WCAG 1.4.3, 1.4.11). */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

type Three = readonly [number, number, number]
type Theme = 'light' | 'dark'

const css = (path: string) => readFileSync(`src/${path}`, 'utf8')
/** The declarations of one block: its name and what it says. */
const declared = (block: string) => new Map([...block.matchAll(/(?<![\w-])(--[\w-]+|color): ?([^;]+);/g)].map(([, name = '', value = '']) => [name, value] as const))
const parts = (text: string): Record<Theme, Map<string, string>> => {
  const [light = '', dark = ''] = text.split(/^ *\[.*data-theme="dark".*\{/m)
  return { light: declared(light), dark: declared(dark) }
}
const tokens = parts(css('ui/tokens.css'))
const brand = parts(css('ui/brand.css'))
const rule = (text: string, selector: string) => declared((text.split(`${selector} {`)[1] ?? '').split('}')[0] ?? '')
const ownBubble = rule(css('features/messages/conversation/Bubble.module.css'), '.bubble[data-mine]')
const words = css('features/messages/text/MessageText.module.css')
const row = css('features/messages/list/ConversationRow.module.css')

const rgbOf = (hex: string): Three => [part(hex, 1), part(hex, 3), part(hex, 5)]
const part = (hex: string, at: number) => Number.parseInt(hex.slice(at, at + 2), 16) / 255
const linear = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
const luminance = ([r, g, b]: Three) => 0.2126 * r + 0.7152 * g + 0.0722 * b
const contrast = (one: number, other: number) => (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)

interface Lch {
  l: number
  c: number
  h: number
}

function toLch(rgb: Three): Lch {
  const [r, g, b] = [linear(rgb[0]), linear(rgb[1]), linear(rgb[2])]
  const long = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const middle = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const short = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  const x = 1.9779984951 * long - 2.428592205 * middle + 0.4505937099 * short
  const y = 0.0259040371 * long + 0.7827717662 * middle - 0.808675766 * short
  return { l: 0.2104542553 * long + 0.793617785 * middle - 0.0040720468 * short, c: Math.hypot(x, y), h: Math.atan2(y, x) }
}

function toLinear({ l, c, h }: Lch): Three {
  const [x, y] = [c * Math.cos(h), c * Math.sin(h)]
  const long = (l + 0.3963377774 * x + 0.2158037573 * y) ** 3
  const middle = (l - 0.1055613458 * x - 0.0638541728 * y) ** 3
  const short = (l - 0.0894841775 * x - 1.291485548 * y) ** 3
  return [
    4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short,
  ]
}

const fits = (colour: Three) => colour.every((value) => value >= -0.0001 && value <= 1.0001)
const cut = (value: number) => Math.min(1, Math.max(0, value))

/** What a screen makes of a colour it cannot show: each part cut off, less strength, or, where it shows more, the colour itself. */
const shown: Record<string, (colour: Lch) => number> = {
  cut: (colour) => {
    const [r, g, b] = toLinear(colour)
    return luminance([cut(r), cut(g), cut(b)])
  },
  weaker: (colour) => {
    let [from, to] = [0, colour.c]
    for (let round = 0; round < 20 && !fits(toLinear({ ...colour, c: to })); round += 1) {
      const c = (from + to) / 2
      if (fits(toLinear({ ...colour, c }))) from = c
      else to = c
    }
    return luminance(toLinear({ ...colour, c: to }))
  },
  wide: (colour) => luminance(toLinear(colour)),
}

/** One of the numbers of brand.css: `.3`, `c`, `calc(c * .3)`, `calc(l - .07)` or `min(…, .12)`. */
function measured(text: string, of: Lch): number {
  const least = /^min\((.+), (\S+)\)$/.exec(text)
  if (least) return Math.min(measured(least[1] ?? '', of), measured(least[2] ?? '', of))
  const [, name, sign, by] = /^calc\(([lc]) ([*-]) (\S+)\)$/.exec(text) ?? []
  if (name !== undefined) return sign === '-' ? measured(name, of) - Number(by) : measured(name, of) * Number(by)
  return text === 'l' || text === 'c' ? of[text] : Number(text)
}

/** How light a token is under this accent. */
function lightness(name: string, theme: Theme, accent: Lch, screen: (colour: Lch) => number): number {
  const value = brand[theme].get(name) ?? tokens[theme].get(name)
  if (value === undefined) throw new Error(`no colour ${name}`)
  if (value === 'var(--brand)') return luminance(toLinear(accent))
  const [, l = '', c = ''] = /^oklch\(from var\(--brand\) (calc\([^)]*\)|\S+) (.+) h\)$/.exec(value) ?? []
  if (l !== '') return screen({ l: measured(l, accent), c: measured(c, accent), h: accent.h })
  const [r, g, b] = rgbOf(value)
  return luminance([linear(r), linear(g), linear(b)])
}

const named = (value: string | undefined) => /^var\((--[\w-]+)\)$/.exec(value ?? '')?.[1] ?? ''
/** Which token is meant by one inside an own bubble. */
const inBubble = (name: string) => named(ownBubble.get(name)) || name
const colourIn = (selector: string) => inBubble(named(rule(words, selector).get('color')))

const OWN = ['--bubble-me-fg', '--fg-2', colourIn('.link'), colourIn('.mention'), colourIn('.list ::marker')].map((text) => [text, '--bubble-me'] as const)
const TINTED = ['--accent-soft', '--accent-soft-2', '--bg-selected'].map((ground) => ['--accent-soft-fg', ground] as const)
const ON_ACCENT = ['--accent', '--accent-hover', '--accent-press'].map((ground) => ['--fg-on-accent', ground] as const)
const PLAIN = ['--bg-surface', '--bg-canvas', '--bg-sunken', '--bubble-other'].flatMap((ground) => [['--accent', ground], ['--fg-link', ground]] as const)
const ROWS = [...['--fg-1', '--fg-2', '--fg-3', '--accent'].map((text) => [text, '--bg-selected'] as const), [named(rule(row, '.row:is([data-hovered], [data-pressed], [data-menu]) .typing').get('color')), '--bg-press'] as const]

const mark = css('shell/BrandMark.module.css')

/** As the server has it (crates/branding): what is read on the darkest plain ground. */
const isTaken = (accent: Three) => contrast(luminance([linear(accent[0]), linear(accent[1]), linear(accent[2])]), luminance([linear(0xf0 / 255), linear(0xee / 255), linear(0xea / 255)])) >= 4.5

const STEPS = Array.from({ length: 16 }, (_, step) => step / 15)
const ACCENTS = [...['#db0012', '#d60059', '#0000ff', '#266365'].map(rgbOf), ...STEPS.flatMap((r) => STEPS.flatMap((g) => STEPS.map((b): Three => [r, g, b])))].filter(isTaken)

/** The least contrast of all accents, and of which. */
function worst(text: string, ground: string, theme: Theme): { contrast: number; of: string } {
  let least = { contrast: Infinity, of: '' }
  for (const accent of ACCENTS) {
    const lch = toLch(accent)
    for (const [screen, light] of Object.entries(shown)) {
      const found = contrast(lightness(text, theme, lch, light), lightness(ground, theme, lch, light))
      if (found < least.contrast) least = { contrast: found, of: `#${accent.map((value) => Math.round(value * 255).toString(16).padStart(2, '0')).join('')} ${screen}` }
    }
  }
  return least
}

test('many accents are taken, of every hue', () => {
  expect(ACCENTS.length).toBeGreaterThan(1000)
  expect(new Set(ACCENTS.map((accent) => Math.round(toLch(accent).h * 3))).size).toBeGreaterThan(15)
})

test.each(['light', 'dark'] as const)('words can be read in each of them, %s', (theme) => {
  for (const [text, ground] of [...OWN, ...TINTED, ...ON_ACCENT, ...PLAIN, ...ROWS]) {
    const { contrast: found, of } = worst(text, ground, theme)
    expect(found, `${text} on ${ground}, ${of}`).toBeGreaterThanOrEqual(4.5)
  }
})

test.each(['light', 'dark'] as const)('the focus is seen in each of them, %s', (theme) => {
  for (const ground of ['--bg-surface', '--bg-canvas', '--bg-raised']) {
    const { contrast: found, of } = worst('--focus', ground, theme)
    expect(found, `${ground}, ${of}`).toBeGreaterThanOrEqual(3)
  }
})

test.each(['light', 'dark'] as const)('a logo that lets the ground through is seen on it, a dark one and a white one, %s', (theme) => {
  const lit = (name: string) => lightness(name, theme, toLch(rgbOf('#266365')), (colour) => shown.cut?.(colour) ?? 0)
  const ground = /background: var\((--[\w-]+)\)/.exec(mark)?.[1] ?? ''
  const edges = [...mark.matchAll(/drop-shadow\(0 0 [\d.]+px var\((--[\w-]+)\)\)/g)].map(([, name = '']) => lit(name))
  expect(mark).not.toMatch(/#[0-9a-f]{3}/i)
  expect(edges.length).toBeGreaterThan(0)
  for (const other of [0, lit('--wall'), ...edges]) expect(contrast(lit(ground), other)).toBeGreaterThanOrEqual(4.5)
  for (const edge of edges) expect(contrast(edge, 1)).toBeGreaterThanOrEqual(4.5)
})
