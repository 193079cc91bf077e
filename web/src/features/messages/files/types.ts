/** Files as messages carry them. */
import type { TextBody } from '~/api/types'

export type FileKind = 'picture' | 'video' | 'audio' | 'file'

/** What everybody in the conversation may know of a file. Width and height are those of pictures, once looked at. */
export interface FileRef {
  readonly id: string
  readonly name: string
  readonly size: number
  readonly media_type: string
  readonly kind: FileKind
  readonly width?: number | null
  readonly height?: number | null
  readonly has_thumbnail?: boolean
}

/** A file that was uploaded and is not part of a message yet. */
export type UploadedFile = FileRef & { readonly state: 'processing' | 'ready' }

/** Signed addresses of this server, good until they expire. */
export interface FileAddresses {
  readonly content: string
  readonly download: string
  readonly thumbnail?: string | null
  readonly expires_at: string
}

/** A file with the message it stands in. */
export interface SentFile {
  readonly file: FileRef
  readonly seq: number
  readonly author_id: string
  readonly sent_at: string
  readonly kept_until: string
  readonly addresses: FileAddresses
}

/** A text on its way: the server is told the ids, this device shows what they stand for. */
export type OutgoingBody = Omit<TextBody, 'files'> & { file_ids?: string[]; files?: FileRef[] }

const none: readonly FileRef[] = []

/** The files of a text, in their order. */
export function filesOf(body: object | null | undefined): readonly FileRef[] {
  if (!body || !('files' in body) || !Array.isArray(body.files)) return none
  return body.files
}

/** Pictures small enough to be shown as they are when the server has made no thumbnail. */
const SHOWN_WHOLE_BYTES = 1024 * 1024

/** Whether it is drawn as a picture; one the server could not look into is a file like any other. */
export const isShown = (file: FileRef) => file.kind === 'picture' && (file.has_thumbnail === true || file.size <= SHOWN_WHOLE_BYTES)

/** What a file will be, before the server has looked at it. */
export function kindOf(type: string): FileKind {
  if (/^image\/(png|jpeg|gif|webp|avif|bmp|heic|heif)$/.test(type)) return 'picture'
  if (type.startsWith('video/')) return 'video'
  return type.startsWith('audio/') ? 'audio' : 'file'
}
