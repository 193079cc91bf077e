/**
 * Uploads by tus 1.0: a broken one goes on where it stopped. Nothing of it is remembered in the browser's own storage;
 * addresses are kept sealed by the queue's memory.
 */
import { ApiError, readProblem } from '~/api/error'
import type { UploadedFile } from '../files/types'
import type { Sending, Transport } from './transport'

/** One request carries at most this much: a proxy's limit or time-out costs no more than that. */
const CHUNK_BYTES = 16 * 1024 * 1024

const uploads = () => `${location.origin}/v1/uploads`
const idOf = (url: string) => url.slice(url.lastIndexOf('/') + 1)

/** What the library says, in the words of every other call. */
async function problemOf(error: unknown): Promise<unknown> {
  if (!(error instanceof Error) || !('originalResponse' in error)) return error
  const { originalResponse: answer } = error
  if (typeof answer !== 'object' || answer === null || !('getStatus' in answer) || typeof answer.getStatus !== 'function') {
    return new ApiError({ status: 0, code: 'network.unreachable' })
  }
  const status = Number(answer.getStatus())
  if (status < 200 || status > 599) return new ApiError({ status: 0, code: 'network.unreachable' })
  const text = 'getBody' in answer && typeof answer.getBody === 'function' ? String(answer.getBody()) : ''
  const retry = 'getHeader' in answer && typeof answer.getHeader === 'function' ? answer.getHeader('Retry-After') : null
  const hasBody = ![204, 205, 304].includes(status)
  return readProblem(new Response(hasBody ? text : null, { status, headers: typeof retry === 'string' ? { 'retry-after': retry } : {} }))
}

export function tusTransport(organisation: string): Transport {
  const headers = { 'Tulou-Organisation': organisation }
  const send = async ({ blob, name, type, url, signal, onUrl, onProgress }: Sending): Promise<string> => {
    const { Upload } = await import('tus-js-client')
    signal.throwIfAborted()
    return new Promise((resolve, reject) => {
      const upload = new Upload(blob, {
        endpoint: uploads(),
        uploadUrl: url ?? null,
        headers,
        metadata: { filename: name, filetype: type },
        chunkSize: CHUNK_BYTES,
        // The queue repeats, and it remembers where.
        retryDelays: null,
        storeFingerprintForResuming: false,
        fingerprint: () => Promise.resolve(''),
        onUploadUrlAvailable: () => upload.url !== null && onUrl(upload.url),
        onProgress: (sent) => onProgress(sent),
        onSuccess: () => resolve(upload.url ?? url ?? ''),
        onError: (error) => void problemOf(error).then(reject, reject),
      })
      signal.addEventListener('abort', () => {
        void upload.abort(false)
        reject(signal.reason)
      })
      upload.start()
    })
  }
  const ask = async (path: string, init: RequestInit): Promise<Response> => {
    const answer = await fetch(path, { ...init, headers: { ...headers, ...init.headers }, credentials: 'same-origin' }).catch((cause: unknown) => {
      if (init.signal?.aborted === true) throw cause
      throw new ApiError({ status: 0, code: 'network.unreachable' })
    })
    if (!answer.ok) throw await readProblem(answer)
    return answer
  }
  const look = async (url: string, signal: AbortSignal): Promise<UploadedFile> => {
    const answer = await ask(`/v1/uploads/${idOf(url)}/file`, { signal, headers: { accept: 'application/json' } })
    return answer.json()
  }
  const drop = async (url: string) => {
    await ask(`/v1/uploads/${idOf(url)}`, { method: 'DELETE', headers: { 'Tus-Resumable': '1.0.0' } })
  }
  return { send, look, drop }
}
