/** Theme, language, density and whether single keys are shortcuts: preference cookies, nothing else is remembered in them. */
import { create } from 'zustand'

export type Theme = 'system' | 'light' | 'dark'
export type Density = 'normal' | 'compact'

const YEAR_S = 31_536_000
const dark = globalThis.matchMedia?.('(prefers-color-scheme: dark)')

/** What the page itself can read of a cookie; empty when it is not set, or closed to scripts. */
export function readCookie(name: string) {
  const found = document.cookie.split('; ').find((pair) => pair.startsWith(`${name}=`))
  return found === undefined ? '' : decodeURIComponent(found.slice(name.length + 1))
}

export function writeCookie(name: string, value: string | null) {
  const secure = location.protocol === 'https:' ? '; Secure' : ''
  const age = value === null ? 0 : YEAR_S
  document.cookie = `${name}=${encodeURIComponent(value ?? '')}; Path=/; Max-Age=${age}; SameSite=Lax${secure}`
}

interface Preferences {
  theme: Theme
  density: Density
  /** Whether a single key is a shortcut; some people press them without meaning to (WCAG 2.1.4). */
  hasSingleKeys: boolean
}

const storedTheme = readCookie('theme')

export const usePreferences = create<Preferences>(() => ({
  theme: storedTheme === 'light' || storedTheme === 'dark' ? storedTheme : 'system',
  density: readCookie('density') === 'compact' ? 'compact' : 'normal',
  hasSingleKeys: readCookie('keys') !== 'chords',
}))

function paint(theme: Theme) {
  document.documentElement.dataset.theme = theme === 'system' ? (dark?.matches === true ? 'dark' : 'light') : theme
}

export function setTheme(theme: Theme) {
  writeCookie('theme', theme === 'system' ? null : theme)
  usePreferences.setState({ theme })
  paint(theme)
}

export function setDensity(density: Density) {
  writeCookie('density', density === 'normal' ? null : density)
  usePreferences.setState({ density })
  document.documentElement.dataset.density = density
}

export function setSingleKeys(hasSingleKeys: boolean) {
  writeCookie('keys', hasSingleKeys ? null : 'chords')
  usePreferences.setState({ hasSingleKeys })
}

dark?.addEventListener('change', () => paint(usePreferences.getState().theme))
