/**
 * What this device remembers, sealed: AES-256-GCM under a key that the browser keeps and no script can read out.
 * Signing out deletes the key first; what it sealed cannot be read after that, whatever becomes of the rest.
 */
import { committed, done, ENTRIES, KEYS, openDatabase } from './database'

/** One thing kept. Nothing but the time it ends is readable without the key. */
interface Kept {
  until: number
  iv: Uint8Array<ArrayBuffer>
  sealed: ArrayBuffer
}

function isKept(value: unknown): value is Kept {
  return typeof value === 'object' && value !== null && 'until' in value && 'iv' in value && 'sealed' in value
}

export interface Sealed {
  /** Keeps a thing until its time is over. */
  put(kind: string, id: string, value: unknown, until: number): Promise<void>
  get(kind: string, id: string): Promise<unknown>
  /** The same for bytes that are no text, such as a picture that waits to be sent. */
  putBytes(kind: string, id: string, bytes: ArrayBuffer, until: number): Promise<void>
  getBytes(kind: string, id: string): Promise<ArrayBuffer | undefined>
  all(kind: string): Promise<readonly unknown[]>
  drop(kind: string, id: string): Promise<void>
  /** Deletes what is past its time. */
  sweep(): Promise<void>
}

/** The key of a sign-in. Two windows may ask at once: the one that comes first into the store decides for both. */
async function keyFor(database: IDBDatabase, scope: string, subtle: SubtleCrypto): Promise<CryptoKey> {
  const kept: unknown = await done(database.transaction(KEYS).objectStore(KEYS).get(scope))
  if (kept instanceof CryptoKey) return kept
  const fresh = await subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  const transaction = database.transaction(KEYS, 'readwrite')
  const store = transaction.objectStore(KEYS)
  const held: unknown = await done(store.get(scope))
  if (held instanceof CryptoKey) return held
  store.put(fresh, scope)
  await committed(transaction)
  return fresh
}

class SealedStore implements Sealed {
  private readonly database: IDBDatabase
  private readonly key: CryptoKey
  private readonly scope: string
  private readonly subtle: SubtleCrypto
  private readonly now: () => number

  constructor(database: IDBDatabase, key: CryptoKey, scope: string, subtle: SubtleCrypto, now: () => number) {
    this.database = database
    this.key = key
    this.scope = scope
    this.subtle = subtle
    this.now = now
  }

  async put(kind: string, id: string, value: unknown, until: number): Promise<void> {
    await this.write(this.name(kind, id), new TextEncoder().encode(JSON.stringify(value)), until)
  }

  async putBytes(kind: string, id: string, bytes: ArrayBuffer, until: number): Promise<void> {
    await this.write(this.name(kind, id), bytes, until)
  }

  async getBytes(kind: string, id: string): Promise<ArrayBuffer | undefined> {
    const name = this.name(kind, id)
    return this.read(name, await done<unknown>(this.database.transaction(ENTRIES).objectStore(ENTRIES).get(name)))
  }

  private async write(name: string, plain: BufferSource, until: number): Promise<void> {
    const iv = crypto.getRandomValues(new Uint8Array(12))
    const sealed = await this.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: this.label(name) }, this.key, plain)
    const kept: Kept = { until, iv, sealed }
    const transaction = this.database.transaction(ENTRIES, 'readwrite')
    transaction.objectStore(ENTRIES).put(kept, name)
    await committed(transaction)
  }

  async get(kind: string, id: string): Promise<unknown> {
    const name = this.name(kind, id)
    const kept: unknown = await done(this.database.transaction(ENTRIES).objectStore(ENTRIES).get(name))
    return this.open(name, kept)
  }

  async all(kind: string): Promise<readonly unknown[]> {
    const store = this.database.transaction(ENTRIES).objectStore(ENTRIES)
    const range = IDBKeyRange.bound(this.name(kind, ''), this.name(kind, '\uffff'))
    const names = done(store.getAllKeys(range))
    const values = done<unknown[]>(store.getAll(range))
    const [keys, kept] = await Promise.all([names, values])
    const opened = await Promise.all(kept.map((value, index) => this.open(String(keys[index]), value)))
    return opened.filter((value) => value !== undefined)
  }

  async drop(kind: string, id: string): Promise<void> {
    const transaction = this.database.transaction(ENTRIES, 'readwrite')
    transaction.objectStore(ENTRIES).delete(this.name(kind, id))
    await committed(transaction)
  }

  async sweep(): Promise<void> {
    const transaction = this.database.transaction(ENTRIES, 'readwrite')
    const request = transaction.objectStore(ENTRIES).openCursor()
    request.onsuccess = () => {
      const cursor = request.result
      if (!cursor) return
      const value: unknown = cursor.value
      if (isKept(value) && value.until <= this.now()) cursor.delete()
      cursor.continue()
    }
    await committed(transaction)
  }

  private async open(name: string, kept: unknown): Promise<unknown> {
    const plain = await this.read(name, kept)
    try {
      return plain && JSON.parse(new TextDecoder().decode(plain))
    } catch {
      return undefined
    }
  }

  private async read(name: string, kept: unknown): Promise<ArrayBuffer | undefined> {
    if (!isKept(kept) || kept.until <= this.now()) return undefined
    try {
      const algorithm = { name: 'AES-GCM', iv: kept.iv, additionalData: this.label(name) }
      return await this.subtle.decrypt(algorithm, this.key, kept.sealed)
    } catch {
      return undefined
    }
  }

  private name(kind: string, id: string): string {
    return `${this.scope}/${kind}/${id}`
  }

  private label(name: string): Uint8Array<ArrayBuffer> {
    return new TextEncoder().encode(name)
  }
}

/** Opens what a sign-in may keep on this device; null where the browser offers no safe way. */
export async function openSealed(scope: string, now: () => number = Date.now): Promise<Sealed | null> {
  const subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle
  if (!subtle || typeof indexedDB === 'undefined') return null
  try {
    const database = await openDatabase(indexedDB)
    return new SealedStore(database, await keyFor(database, scope, subtle), scope, subtle, now)
  } catch {
    return null
  }
}

/** Signs the device out: the keys go first, then everything they sealed. */
export async function forgetDevice(): Promise<void> {
  if (typeof indexedDB === 'undefined') return
  const database = await openDatabase(indexedDB)
  for (const name of [KEYS, ENTRIES]) {
    const transaction = database.transaction(name, 'readwrite')
    transaction.objectStore(name).clear()
    await committed(transaction)
  }
  database.close()
}
