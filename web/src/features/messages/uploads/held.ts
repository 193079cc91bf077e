/** The uploads of each sign-in and organisation. They go on while another organisation is open, until somebody signs out. */
import { createStore, type StoreApi } from 'zustand/vanilla'
import { openSealed, type Sealed } from '~/lib/offline/sealed'
import { SealedUploads } from './memory'
import { Uploads } from './queue'
import { tusTransport } from './tus'

/** Whether it was said what happens to files before the gallery was opened the first time (IM-11, PERM-06). */
export interface Explained {
  readonly store: StoreApi<{ isDone: boolean }>
  done(): void
}

export interface HeldUploads {
  readonly uploads: Uploads
  readonly explained: Explained
}

const held = new Map<string, HeldUploads>()

const KIND = 'preference'
const NAME = 'files-explained'
const YEAR_MS = 365 * 24 * 3600 * 1000

/** Remembered sealed on this device, for this person only. */
export function explainedOn(sealed: Promise<Sealed | null>): Explained {
  const store = createStore(() => ({ isDone: false }))
  void sealed.then(async (memory) => (await memory?.get(KIND, NAME)) === true && store.setState({ isDone: true }))
  return {
    store,
    done: () => {
      store.setState({ isDone: true })
      void sealed.then((memory) => memory?.put(KIND, NAME, true, Date.now() + YEAR_MS)).catch(() => undefined)
    },
  }
}

export function uploadsFor(scope: string, organisation: string): HeldUploads {
  const known = held.get(scope)
  if (known) return known
  const sealed = openSealed(scope)
  const uploads = new Uploads({ transport: tusTransport(organisation), memory: new SealedUploads(sealed, scope) })
  const made = { uploads, explained: explainedOn(sealed) }
  held.set(scope, made)
  return made
}

/** Signed out: nothing goes on in somebody's name. */
export function endUploads(): Promise<void> {
  for (const { uploads } of held.values()) uploads.stop()
  held.clear()
  return Promise.resolve()
}
