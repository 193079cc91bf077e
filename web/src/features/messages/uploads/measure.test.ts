/** How large a picture is, told from its first bytes: what is too large is not decoded here either (`IM-06`). */
import { afterEach, expect, test, vi } from 'vitest'
import { pixelsOf } from './header'
import { measure, previewed } from './measure'

const ascii = (text: string) => Array.from(text, (letter) => letter.charCodeAt(0))
const two = (number: number) => [number >> 8, number & 255]
const four = (number: number) => [...two(Math.floor(number / 65_536)), ...two(number % 65_536)]
const back = (bytes: number[]) => bytes.toReversed()

const png = (width: number, height: number) => [0x89, ...ascii('PNG\r\n\x1a\n'), ...four(13), ...ascii('IHDR'), ...four(width), ...four(height)]
const gif = (width: number, height: number) => [...ascii('GIF89a'), ...back(two(width)), ...back(two(height))]
const frame = (width: number, height: number) => [0xff, 0xc2, 0, 11, 8, ...two(height), ...two(width)]
const jpeg = (width: number, height: number) => [0xff, 0xd8, 0xff, 0xe1, 0, 4, 1, 2, 0xff, 0xff, 0xc4, 0, 2, ...frame(width, height)]
const webp = (kind: string, data: number[]) => [...ascii('RIFF'), 0, 0, 0, 0, ...ascii('WEBP'), ...ascii(kind), 0, 0, 0, 0, ...data]

/** jsdom's blobs cannot be read. */
function blob(bytes: readonly number[], type = 'image/png'): Blob {
  const made = new Blob([Uint8Array.from(bytes)], { type })
  return Object.assign(made, { slice: () => ({ arrayBuffer: () => Promise.resolve(Uint8Array.from(bytes).buffer) }) })
}

afterEach(() => vi.unstubAllGlobals())

test.each([
  ['PNG', png(30_000, 20_000), { width: 30_000, height: 20_000 }],
  ['GIF', gif(65_535, 2), { width: 65_535, height: 2 }],
  ['JPEG', jpeg(4_000, 3_000), { width: 4_000, height: 3_000 }],
  ['WebP, lossy', webp('VP8 ', [0, 0, 0, 0x9d, 1, 0x2a, ...back(two(800)), ...back(two(600))]), { width: 800, height: 600 }],
  ['WebP, lossless', webp('VP8L', [0x2f, ...back(four(799 + 599 * 16_384))]), { width: 800, height: 600 }],
  ['WebP, extended', webp('VP8X', [0, 0, 0, 0, 0x1f, 3, 0, 0x57, 2, 0]), { width: 800, height: 600 }],
])('%s says how large it is', async (_, bytes, size) => {
  expect(await pixelsOf(blob(bytes))).toEqual(size)
})

test('what ends early, is something else or cannot be read says nothing', async () => {
  for (const whole of [png(9, 9), gif(9, 9), jpeg(9, 9), webp('VP8X', [0, 0, 0, 0, 1, 0, 0, 1, 0, 0])]) {
    for (let end = 0; end < whole.length; end += 1) expect(await pixelsOf(blob(whole.slice(0, end)))).toBeNull()
  }
  expect(await pixelsOf(blob([...ascii('<svg onload="alert(1)"/>')]))).toBeNull()
  expect(await pixelsOf(blob([0xff, 0xd8, 0xff, 0xda, 0, 2, 1, 2]))).toBeNull()
  expect(await pixelsOf(Object.assign(blob([]), { slice: () => ({ arrayBuffer: () => Promise.reject(new Error('gone')) }) }))).toBeNull()
})

test('a picture is decoded to be measured, one that is too large never is and gets no preview', async () => {
  const decode = vi.fn(() => Promise.resolve({ width: 3_000, height: 4_000, close: () => undefined }))
  vi.stubGlobal('createImageBitmap', decode)
  URL.createObjectURL = () => 'blob:x'
  // As it stands up: the header says it as it lay.
  expect(await previewed(blob(jpeg(4_000, 3_000), 'image/jpeg'), () => true)).toEqual({ width: 3_000, height: 4_000, preview: 'blob:x' })
  expect(decode).toHaveBeenCalledOnce()
  expect(await previewed(blob(png(30_000, 30_000)), () => true)).toEqual({ width: 30_000, height: 30_000 })
  expect(decode).toHaveBeenCalledOnce()
  expect(await previewed(blob(jpeg(4_000, 3_000), 'image/jpeg'), () => false)).toBeNull()
  expect(await measure(blob(png(9, 9), 'application/pdf'))).toBeNull()
  decode.mockRejectedValueOnce(new Error('broken'))
  expect(await previewed(blob(png(9, 9)), () => true)).toBeNull()
})
