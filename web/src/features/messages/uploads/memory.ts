/**
 * What this device remembers of uploads, sealed like everything else it keeps and gone at sign-out: where each one goes,
 * and the bytes of small ones. A window takes over only what no other window is busy with.
 */
import type { Sealed } from '~/lib/offline/sealed'
import type { KeptUpload } from './upload'

export interface LeftUpload {
  readonly upload: KeptUpload
  readonly blob: Blob | null
}

export interface UploadMemory {
  keep(upload: KeptUpload, blob?: Blob): void
  drop(id: string): void
  load(): Promise<readonly LeftUpload[]>
  /** Lets other windows have them. */
  release(): void
}

export const noUploadMemory: UploadMemory = {
  keep: () => undefined,
  drop: () => undefined,
  load: () => Promise.resolve([]),
  release: () => undefined,
}

const KIND = 'upload'
const BYTES = 'upload-bytes'
/** Larger files are chosen again after a reload: a second copy of them does not belong on the device. */
export const MOST_KEPT_BYTES = 24 * 1024 * 1024
/** As long as the server keeps what was not finished, and a message that waits may still leave. */
const KEPT_MS = 6 * 24 * 3600 * 1000

function isKept(value: unknown): value is KeptUpload {
  return typeof value === 'object' && value !== null && 'id' in value && 'conversation' in value && 'isDraft' in value
}

/** Whose it is among the windows of this browser; null when another one has it. */
function claim(name: string): Promise<(() => void) | null> {
  const locks: LockManager | undefined = typeof navigator === 'undefined' ? undefined : navigator.locks
  if (!locks) return Promise.resolve(() => undefined)
  return new Promise((resolve) => {
    const hold = (lock: Lock | null) => {
      if (lock) return new Promise<void>((free) => resolve(() => free()))
      resolve(null)
      return Promise.resolve()
    }
    locks.request(name, { ifAvailable: true }, hold).catch(() => resolve(null))
  })
}

export class SealedUploads implements UploadMemory {
  private readonly sealed: Promise<Sealed | null>
  private readonly scope: string
  private readonly claims = new Map<string, () => void>()
  /** One after the other: what is dropped must not be written again by what was asked before. */
  private last: Promise<unknown> = Promise.resolve()

  constructor(sealed: Promise<Sealed | null>, scope: string) {
    this.sealed = sealed
    this.scope = scope
  }

  keep(upload: KeptUpload, blob?: Blob): void {
    const until = Date.now() + KEPT_MS
    this.act(async (sealed) => {
      await this.own(upload.id)
      await sealed.put(KIND, upload.id, upload, until)
      if (blob && blob.size <= MOST_KEPT_BYTES) await sealed.putBytes(BYTES, upload.id, await blob.arrayBuffer(), until)
    })
  }

  drop(id: string): void {
    this.act(async (sealed) => {
      await sealed.drop(KIND, id)
      await sealed.drop(BYTES, id)
      this.claims.get(id)?.()
      this.claims.delete(id)
    })
  }

  async load(): Promise<readonly LeftUpload[]> {
    const sealed = await this.sealed
    if (!sealed) return []
    const left: LeftUpload[] = []
    for (const upload of (await sealed.all(KIND)).filter(isKept)) {
      if (this.claims.has(upload.id) || !(await this.own(upload.id))) continue
      const bytes = await sealed.getBytes(BYTES, upload.id)
      left.push({ upload, blob: bytes ? new Blob([bytes], { type: upload.type }) : null })
    }
    return left
  }

  release(): void {
    for (const free of this.claims.values()) free()
    this.claims.clear()
  }

  private async own(id: string): Promise<boolean> {
    if (this.claims.has(id)) return true
    const free = await claim(`tulou/${this.scope}/upload/${id}`)
    if (free) this.claims.set(id, free)
    return free !== null
  }

  /** Remembering is a comfort: when the device refuses, the upload goes on without it. */
  private act(work: (sealed: Sealed) => Promise<void>): void {
    const next = async () => {
      const sealed = await this.sealed
      if (sealed) await work(sealed)
    }
    this.last = this.last.then(next, next).catch(() => undefined)
  }
}
