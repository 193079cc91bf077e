/**
 * Whether it was said what happens to files, and agreed to, before a chooser or the camera was opened the first time on
 * this device (IM-11, PERM-01, PERM-06). Remembered sealed, for this person only; taken back in the settings (PERM-12).
 */
import { createStore, type StoreApi } from 'zustand/vanilla'
import { openSealed, type Sealed } from '~/lib/offline/sealed'

export interface Explained {
  /** When it was agreed to; null: it is asked before the next file. */
  readonly store: StoreApi<{ at: string | null }>
  agree(): void
  takeBack(): void
}

const KIND = 'preference'
const NAME = 'files-explained'
const YEAR_MS = 365 * 24 * 3600 * 1000

export function explainedOn(sealed: Promise<Sealed | null>): Explained {
  const store = createStore<{ at: string | null }>(() => ({ at: null }))
  void sealed.then(async (memory) => {
    const at = await memory?.get(KIND, NAME)
    if (typeof at === 'string') store.setState({ at })
  })
  return {
    store,
    agree: () => {
      const at = new Date().toISOString()
      store.setState({ at })
      void sealed.then((memory) => memory?.put(KIND, NAME, at, Date.now() + YEAR_MS)).catch(() => undefined)
    },
    takeBack: () => {
      store.setState({ at: null })
      void sealed.then((memory) => memory?.drop(KIND, NAME)).catch(() => undefined)
    },
  }
}

const held = new Map<string, Explained>()

/** The one of a person in an organisation: messages ask it, the settings show it. */
export function explainedFor(scope: string): Explained {
  const known = held.get(scope) ?? explainedOn(openSealed(scope))
  held.set(scope, known)
  return known
}

/** Signed out: the next person on this device is asked. */
export function forgetExplained(): Promise<void> {
  held.clear()
  return Promise.resolve()
}
