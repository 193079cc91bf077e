/** What a device keeps, for the tests. */
import type { Sealed } from '~/lib/offline/sealed'

/** Keeps plain values; sealing itself is the browser's. */
export class PlainStore implements Sealed {
  readonly kept = new Map<string, unknown>()
  put(kind: string, id: string, value: unknown) {
    this.kept.set(`${kind}/${id}`, structuredClone(value))
    return Promise.resolve()
  }
  get(kind: string, id: string) {
    return Promise.resolve(this.kept.get(`${kind}/${id}`))
  }
  all(kind: string) {
    return Promise.resolve([...this.kept].flatMap(([name, value]) => (name.startsWith(`${kind}/`) ? [value] : [])))
  }
  putBytes(kind: string, id: string, bytes: ArrayBuffer) {
    return this.put(kind, id, bytes)
  }
  getBytes(kind: string, id: string) {
    const held = this.kept.get(`${kind}/${id}`)
    return Promise.resolve(held instanceof ArrayBuffer ? held : undefined)
  }
  drop(kind: string, id: string) {
    this.kept.delete(`${kind}/${id}`)
    return Promise.resolve()
  }
  sweep() {
    return Promise.resolve()
  }
}
