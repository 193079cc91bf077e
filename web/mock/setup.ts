/** Prepares each test file: no leftovers of the test before, and what jsdom lacks. */
import { cleanup } from '@testing-library/react'
import { afterEach, vi } from 'vitest'
import { setOrganisation } from '../src/api/client'

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
  setOrganisation(null)
})

if (typeof window !== 'undefined') {
  window.matchMedia ??= (query: string) => new StillMedia(query)
  Element.prototype.scrollIntoView ??= () => {}
  Element.prototype.getAnimations ??= () => []
  window.scrollTo = () => {}
  globalThis.CSS ??= Object.assign(Object.create(null), { escape: (text: string) => text.replace(/[^\w-]/g, '\\$&') })
}

/** A media query that never holds and never changes. */
class StillMedia extends EventTarget implements MediaQueryList {
  readonly matches = false
  onchange = null
  readonly media: string
  constructor(media: string) {
    super()
    this.media = media
  }
  addListener() {}
  removeListener() {}
}
