/**
 * Why a picture is not shown: it has too many pixels for any device to draw, or it is of a kind or in a state that nobody
 * here can look into. Such a file is never fetched to be shown, only saved.
 */
import { useLingui } from '@lingui/react/macro'
import { type FileRef, isShown } from './types'

/** As many as the server decodes; more would take gigabytes of a reader's memory. */
export const MOST_PIXELS = 80_000_000

type Sized = Pick<FileRef, 'width' | 'height'>

/** Whether this device must not draw it either. */
export const isTooLarge = ({ width, height }: Sized) => (width ?? 0) * (height ?? 0) > MOST_PIXELS

const PICTURE_NAME = /\.(png|jpe?g|jfif|gif|webp|heic|heif|avif|tiff?|bmp)$/i

/** What keeps a picture from being shown; null of what is shown, and of what is no picture. */
export function whyUnshown(file: FileRef): 'too_large' | 'unreadable' | null {
  if (isShown(file) || file.kind === 'video' || file.kind === 'audio') return null
  if (file.width && file.height) return 'too_large'
  return file.media_type.startsWith('image/') || file.kind === 'picture' || PICTURE_NAME.test(file.name) ? 'unreadable' : null
}

/** The same in words, also of a file on its way, which the server has not looked at yet. */
export function useUnshown(): { of: (file: FileRef) => string | null; ofUpload: (upload: Sized & { readonly file?: FileRef }) => string | null } {
  const { t, i18n } = useLingui()
  const tooLarge = ({ width, height }: Sized) => {
    const [across, down] = [i18n.number(width ?? 0), i18n.number(height ?? 0)]
    return t`${across} × ${down} pixels: too large to be shown. It can be saved.`
  }
  const of = (file: FileRef) => {
    const why = whyUnshown(file)
    if (why === null) return null
    return why === 'too_large' ? tooLarge(file) : t`This picture cannot be shown here.`
  }
  const ofUpload = ({ file, ...size }: Sized & { readonly file?: FileRef }) => {
    if (file) return of(file)
    return isTooLarge(size) ? tooLarge(size) : null
  }
  return { of, ofUpload }
}
