/** Waits until the server has looked at a file, which takes seconds at most. */
import type { FileRef } from '../files/types'
import type { Transport } from './transport'

const LOOKS_MS = [200, 400, 800, 1_500, 2_500]
const LATER_MS = 5_000

export async function looked(transport: Transport, url: string, signal: AbortSignal): Promise<FileRef> {
  for (let look = 0; ; look += 1) {
    const { state, ...file } = await transport.look(url, signal)
    if (state === 'ready') return file
    await new Promise((done) => setTimeout(done, LOOKS_MS[look] ?? LATER_MS))
    signal.throwIfAborted()
  }
}
