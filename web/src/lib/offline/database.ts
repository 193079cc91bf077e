/** IndexedDB as promises: one database for everything this site keeps on the device. */

const NAME = 'tulou'
const VERSION = 1

export const ENTRIES = 'entries'
export const KEYS = 'keys'

/** The answer of one request. */
export function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('storage'))
  })
}

/** The end of one transaction: only now is what it wrote kept. */
export function committed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onerror = () => reject(transaction.error ?? new Error('storage'))
    transaction.onabort = () => reject(transaction.error ?? new Error('storage'))
  })
}

export function openDatabase(factory: IDBFactory): Promise<IDBDatabase> {
  const request = factory.open(NAME, VERSION)
  request.onupgradeneeded = () => {
    request.result.createObjectStore(ENTRIES)
    request.result.createObjectStore(KEYS)
  }
  return done(request)
}
