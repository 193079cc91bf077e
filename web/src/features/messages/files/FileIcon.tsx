/** The kind of a file as a tinted square: always beside its name, never alone. */
import { File, FileArchive, FileCode, FileHeadphone, FileImage, FilePlay, FileSpreadsheet, FileText, Presentation } from 'lucide-react'
import { Icon, type LucideIcon } from '~/ui/Icon'
import type { FileRef } from './types'
import styles from './FileIcon.module.css'

type Look = [icon: LucideIcon, colour: number]

const words: Look = [FileText, 3]
const sheet: Look = [FileSpreadsheet, 6]
const slides: Look = [Presentation, 2]
const archive: Look = [FileArchive, 4]
const code: Look = [FileCode, 8]
const picture: Look = [FileImage, 1]

const looks: Readonly<Record<string, Look>> = {
  pdf: [FileText, 7],
  doc: words, docx: words, odt: words, rtf: words, txt: words, md: words, wps: words, pages: words,
  xls: sheet, xlsx: sheet, csv: sheet, ods: sheet, et: sheet, numbers: sheet,
  ppt: slides, pptx: slides, odp: slides, dps: slides, key: slides,
  png: picture, jpg: picture, jpeg: picture, gif: picture, webp: picture, heic: picture, heif: picture, avif: picture, tif: picture, tiff: picture, bmp: picture,
  zip: archive, rar: archive, '7z': archive, gz: archive, tar: archive, xz: archive,
  json: code, xml: code, html: code, css: code, js: code, ts: code, py: code, rs: code, sql: code, sh: code, java: code, go: code,
}

function lookOf({ name, kind }: Pick<FileRef, 'name' | 'kind'>): Look {
  if (kind === 'picture') return picture
  if (kind === 'video') return [FilePlay, 5]
  if (kind === 'audio') return [FileHeadphone, 5]
  return looks[name.slice(name.lastIndexOf('.') + 1).toLowerCase()] ?? [File, 8]
}

export function FileIcon({ file, size = 36 }: { file: Pick<FileRef, 'name' | 'kind'>; size?: 28 | 36 }) {
  const [icon, colour] = lookOf(file)
  return (
    <span className={styles.square} data-colour={colour} data-size={size}>
      <Icon icon={icon} size={size === 36 ? 19 : 15} />
    </span>
  )
}
