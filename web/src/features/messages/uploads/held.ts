/** The uploads of each sign-in and organisation. They go on while another organisation is open, until somebody signs out. */
import { openSealed } from '~/lib/offline/sealed'
import { SealedUploads } from './memory'
import { Uploads } from './queue'
import { tusTransport } from './tus'

const held = new Map<string, Uploads>()

export function uploadsFor(scope: string, organisation: string): Uploads {
  const known = held.get(scope)
  if (known) return known
  const made = new Uploads({ transport: tusTransport(organisation), memory: new SealedUploads(openSealed(scope), scope) })
  held.set(scope, made)
  return made
}

/** Signed out: nothing goes on in somebody's name. */
export function endUploads(): Promise<void> {
  for (const uploads of held.values()) uploads.stop()
  held.clear()
  return Promise.resolve()
}
