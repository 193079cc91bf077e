/** One file on its way to the server, and how its states follow each other. Pure. */
import { type FileKind, type FileRef, kindOf } from '../files/types'
import { isTooLarge } from '../files/unshown'

/**
 * `waiting` for its turn, `sending`, `paused` without a connection, `looked_at` by the server, `ready` to be part of a
 * message, or `failed` until its owner does something.
 */
export type UploadState = 'waiting' | 'sending' | 'paused' | 'looked_at' | 'ready' | 'failed'

export interface Upload {
  readonly id: string
  readonly conversation: string
  /** Still beside the text field: not part of a message yet. */
  readonly isDraft: boolean
  readonly name: string
  readonly size: number
  readonly type: string
  readonly kind: FileKind
  readonly state: UploadState
  readonly sent: number
  /** Why it failed. */
  readonly code?: string
  /** Where the server takes it, so that it goes on where it broke off. */
  readonly url?: string
  /** What the server made of it. */
  readonly file?: FileRef
  /** A picture as this device shows it meanwhile. */
  readonly preview?: string
  readonly width?: number
  readonly height?: number
}

/** What survives a reload of the page. */
export type KeptUpload = Omit<Upload, 'state' | 'sent' | 'preview' | 'code'>

/** What the server says when it cannot have the file any more, or this device cannot read it again. */
export const CHOOSE_AGAIN = 'files.choose_again'
export const TOO_LARGE = 'files.too_large'
/** The server is there, the store behind it is not. */
export const STORE_AWAY = 'files.store_unavailable'

export function freshUpload(id: string, conversation: string, file: { name: string; size: number; type: string }): Upload {
  const { name, size, type } = file
  return { id, conversation, isDraft: true, name, size, type, kind: kindOf(type), state: 'waiting', sent: 0 }
}

export function keptOf({ state: _state, sent: _sent, preview: _preview, code: _code, ...kept }: Upload): KeptUpload {
  return kept
}

/** How a message with these files stands. */
export type Attached = { t: 'waiting' } | { t: 'ready'; files: readonly FileRef[] } | { t: 'failed'; code: string }

export function attached(uploads: readonly Upload[]): Attached {
  const failed = uploads.find((upload) => upload.state === 'failed')
  if (failed) return { t: 'failed', code: failed.code ?? 'internal' }
  const files = uploads.flatMap((upload) => (upload.state === 'ready' && upload.file ? [upload.file] : []))
  return files.length === uploads.length ? { t: 'ready', files } : { t: 'waiting' }
}

/** From 0 to 1, by bytes; what the server is looking at counts as not quite done. */
export function progress(uploads: readonly Pick<Upload, 'size' | 'sent' | 'state'>[]): number {
  const total = uploads.reduce((sum, upload) => sum + Math.max(upload.size, 1), 0)
  const done = uploads.reduce((sum, upload) => sum + (upload.state === 'ready' ? Math.max(upload.size, 1) : upload.sent * 0.98), 0)
  return total === 0 ? 0 : Math.min(1, done / total)
}

/** The uploads that may begin now: in their order, as many as there is room for. */
export function startable(uploads: readonly Upload[], running: number, most: number): readonly Upload[] {
  return uploads.filter((upload) => upload.state === 'waiting').slice(0, Math.max(0, most - running))
}

/** An upload of an earlier page. Without its bytes it has to be chosen again. */
export function restored(held: KeptUpload, blob: Blob | null): Upload {
  const isDrawn = held.kind === 'picture' && held.width !== undefined && !isTooLarge(held)
  const preview = blob && isDrawn ? { preview: URL.createObjectURL(blob) } : {}
  if (held.file) return { ...held, ...preview, state: 'ready', sent: held.size }
  return blob ? { ...held, ...preview, state: 'waiting', sent: 0 } : { ...held, state: 'failed', sent: 0, code: CHOOSE_AGAIN }
}
