/** Files as messages carry them. */
import type { FileKind, FileRef, TextBody } from '~/api/types'

export type { FileAddresses, FileKind, FileRef, SentFile, UploadedFile } from '~/api/types'

/** A text on its way: the server is told the ids, this device shows what they stand for. */
export type OutgoingBody = Omit<TextBody, 'files'> & { file_ids?: string[]; files?: FileRef[] }

const none: readonly FileRef[] = []

/** The files of a text, in their order. */
export function filesOf(body: object | null | undefined): readonly FileRef[] {
  if (!body || !('files' in body) || !Array.isArray(body.files)) return none
  return body.files
}

/** Whether it is drawn as a picture; one the server could not look into, or that is too large, is a file like any other. */
export const isShown = (file: FileRef) => file.kind === 'picture' && file.has_thumbnail === true

/** What a file will be, before the server has looked at it. */
export function kindOf(type: string): FileKind {
  if (/^image\/(png|jpeg|gif|webp)$/.test(type)) return 'picture'
  if (type.startsWith('video/')) return 'video'
  return type.startsWith('audio/') ? 'audio' : 'file'
}
