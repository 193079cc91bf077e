/** Whether the server has a newer client than the one that runs here. */
import { create } from 'zustand'

export const useUpdate = create<{ isNewer: boolean }>(() => ({ isNewer: false }))

/** The version the server named first; another one later means that it was exchanged while the page was open. */
let first: string | null = null

/** Called with every greeting of the server. */
export function heardVersion(version: string) {
  first ??= version
  if (first !== version) useUpdate.setState({ isNewer: true })
  // A build may be newer without being called so: the worker compares its files.
  if ('serviceWorker' in navigator) void navigator.serviceWorker.getRegistration().then((worker) => worker?.update()).catch(() => undefined)
}

/** A worker that takes over from an older one brought newer files. */
export function followWorker(workers: ServiceWorkerContainer) {
  let hadOne = workers.controller !== null
  workers.addEventListener('controllerchange', () => {
    if (hadOne) useUpdate.setState({ isNewer: true })
    hadOne = true
  })
}

/** Whether a part of the client could not be loaded although the network is there: its build is gone. */
export function isPartMissing(error: unknown): boolean {
  return error instanceof Error && navigator.onLine && /dynamically imported module|importing a module script|preload CSS/i.test(error.message)
}
