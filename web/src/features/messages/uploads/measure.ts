/** What this device shows of a picture while it is on its way: its shape from the start, and itself. */
import { kindOf } from '../files/types'
import { isTooLarge } from '../files/unshown'
import { type Pixels, pixelsOf } from './header'
import type { Upload } from './upload'

const MOST_BYTES = 48 * 1024 * 1024

/** How wide and high a picture is, the right way up. What is too large to be drawn is not even decoded. */
export async function measure(file: Blob): Promise<Pixels | null> {
  if (kindOf(file.type) !== 'picture') return null
  const said = await pixelsOf(file)
  if (said === null || isTooLarge(said) || file.size > MOST_BYTES || typeof createImageBitmap === 'undefined') return said
  try {
    const bitmap = await createImageBitmap(file)
    const { width, height } = bitmap
    bitmap.close()
    return { width, height }
  } catch {
    return null
  }
}

/** Null of what is no picture, cannot be read, or is not wanted any more once it was measured. */
export async function previewed(file: Blob, isWanted: () => boolean): Promise<Pick<Upload, 'width' | 'height' | 'preview'> | null> {
  const size = await measure(file)
  if (size === null || !isWanted()) return null
  return isTooLarge(size) ? size : { ...size, preview: URL.createObjectURL(file) }
}
