/** How bytes reach the server. The queue knows only this; behind it stands tus, in tests a fake. */
import type { UploadedFile } from '../files/types'

export interface Sending {
  readonly blob: Blob
  readonly name: string
  readonly type: string
  /** Where an earlier attempt went; the server says how far it came. */
  readonly url: string | undefined
  readonly signal: AbortSignal
  readonly onUrl: (url: string) => void
  readonly onProgress: (sent: number) => void
}

export interface Transport {
  /** Sends what the server does not have yet; answers where all of it is now. Throws `ApiError`. */
  send(sending: Sending): Promise<string>
  /** What the server made of it; its state is `processing` until it has looked. */
  look(url: string, signal: AbortSignal): Promise<UploadedFile>
  /** Takes back what was sent. */
  drop(url: string): Promise<void>
}
