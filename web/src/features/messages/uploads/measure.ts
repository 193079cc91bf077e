/** How wide and high a picture is, so that its place on the screen has the right shape from the start. */

const MOST_BYTES = 48 * 1024 * 1024

export async function measure(file: Blob): Promise<{ width: number; height: number } | null> {
  if (!file.type.startsWith('image/') || file.size > MOST_BYTES || typeof createImageBitmap === 'undefined') return null
  try {
    const bitmap = await createImageBitmap(file)
    const { width, height } = bitmap
    bitmap.close()
    return { width, height }
  } catch {
    return null
  }
}
