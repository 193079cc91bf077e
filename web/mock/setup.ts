/** Prepares each test file: no leftovers of the test before, and what jsdom lacks. */
import { cleanup, configure } from '@testing-library/react'
import { afterEach, vi } from 'vitest'
import { setOrganisation } from '../src/api/client'
import { StillMedia } from './media'

// How long a busy machine takes is not what is tested.
configure({ asyncUtilTimeout: 10_000 })

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
  setOrganisation(null)
})

// Two siblings with one key are drawn twice or not at all, and only the development build says so.
const { error } = globalThis.console
vi.spyOn(globalThis.console, 'error').mockImplementation((...said: unknown[]) => {
  if (String(said[0]).includes('same key')) throw new Error(said.map(String).join(' '))
  error(...said)
})

if (typeof window !== 'undefined') {
  window.matchMedia ??= (query: string) => new StillMedia(query)
  Element.prototype.scrollIntoView ??= () => {}
  Element.prototype.scrollBy ??= () => {}
  Element.prototype.getAnimations ??= () => []
  window.scrollTo = () => {}
  globalThis.CSS ??= Object.assign(Object.create(null), { escape: (text: string) => text.replace(/[^\w-]/g, '\\$&') })
}
