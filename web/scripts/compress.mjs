// Writes a .br and a .gz beside every text file of the build, once, so that the server never compresses at run time.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const dist = new URL('../dist/', import.meta.url)
const SMALLEST = 1024

for (const name of readdirSync(dist, { recursive: true })) {
  if (!/\.(js|css|svg|webmanifest)$/.test(name)) continue
  const content = readFileSync(new URL(name, dist))
  if (content.length < SMALLEST) continue
  const brotli = brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length } })
  writeFileSync(new URL(`${name}.br`, dist), brotli)
  writeFileSync(new URL(`${name}.gz`, dist), gzipSync(content, { level: 9 }))
}
