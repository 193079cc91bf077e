/** How many pixels a picture says it has, read from its first bytes: nothing is decoded for it. Pure but for the reading. */

export interface Pixels {
  readonly width: number
  readonly height: number
}

/** What cameras write before the size of a JPEG fits into this, bytes. */
const BEGINNING = 1024 * 1024

/** Null of what is no PNG, JPEG, GIF or WebP, or does not say it where it should. */
export async function pixelsOf(file: Blob): Promise<Pixels | null> {
  try {
    return pixelsIn(new DataView(await file.slice(0, BEGINNING).arrayBuffer()))
  } catch {
    // It cannot be read, or ends before it has said it.
    return null
  }
}

const PNG = 0x89504e47
const GIF = 0x47494638
const RIFF = 0x52494646
const JPEG = 0xffd8

function pixelsIn(bytes: DataView): Pixels | null {
  const first = bytes.getUint32(0)
  if (first === PNG) return { width: bytes.getUint32(16), height: bytes.getUint32(20) }
  if (first === GIF) return { width: bytes.getUint16(6, true), height: bytes.getUint16(8, true) }
  if (first === RIFF) return webp(bytes)
  return bytes.getUint16(0) === JPEG ? jpeg(bytes) : null
}

const VP8X = 0x56503858
const VP8L = 0x5650384c
const VP8 = 0x56503820
/** Sizes of lossy and lossless WebP have this many bits. */
const SIDE = 0x3fff

function webp(bytes: DataView): Pixels | null {
  const three = (at: number) => bytes.getUint16(at, true) + bytes.getUint8(at + 2) * 65_536
  switch (bytes.getUint32(12)) {
    case VP8X:
      return { width: three(24) + 1, height: three(27) + 1 }
    case VP8L: {
      const sides = bytes.getUint32(21, true)
      return { width: (sides & SIDE) + 1, height: ((sides >>> 14) & SIDE) + 1 }
    }
    case VP8:
      return { width: bytes.getUint16(26, true) & SIDE, height: bytes.getUint16(28, true) & SIDE }
    default:
      return null
  }
}

const FILL = 0xff
const SCAN = 0xda
/** They stand among the frames and are none. */
const TABLES = [0xc4, 0xc8, 0xcc]

function jpeg(bytes: DataView): Pixels | null {
  for (let at = 2; bytes.getUint8(at) === FILL; ) {
    const marker = bytes.getUint8(at + 1)
    if (marker === SCAN) return null
    if (marker >= 0xc0 && marker <= 0xcf && !TABLES.includes(marker)) return { height: bytes.getUint16(at + 5), width: bytes.getUint16(at + 7) }
    at += marker === FILL ? 1 : bytes.getUint16(at + 2) + 2
  }
  return null
}
