/** Looking for a contact code in what the camera sees. Pictures never leave the device and are not kept. */
import { links } from '~/shell/links'

export const hasCamera = () => typeof navigator.mediaDevices?.getUserMedia === 'function'

const WIDEST = 640

interface Detector {
  detect(source: HTMLCanvasElement): Promise<{ rawValue: string }[]>
}

type DetectorClass = new (options: { formats: string[] }) => Detector

const isClass = (value: unknown): value is DetectorClass => typeof value === 'function'

/** The browser's own reader where there is one, else ours, loaded only then. */
async function reader(): Promise<(canvas: HTMLCanvasElement) => Promise<string | null>> {
  const own: unknown = 'BarcodeDetector' in window ? window.BarcodeDetector : null
  if (isClass(own)) {
    const detector = new own({ formats: ['qr_code'] })
    return async (canvas) => (await detector.detect(canvas))[0]?.rawValue ?? null
  }
  const { default: decode } = await import('qr/decode.js')
  return async (canvas) => {
    const picture = canvas.getContext('2d', { willReadFrequently: true })?.getImageData(0, 0, canvas.width, canvas.height)
    if (!picture) return null
    try {
      return decode(picture)
    } catch {
      // No code in this picture, or half of one.
      return null
    }
  }
}

export interface Scanning {
  stop(): void
  /** Switches the light beside the camera; absent where there is none. */
  light: ((isOn: boolean) => Promise<void>) | null
}

const hasTorch = (track: MediaStreamTrack | undefined) => track?.getCapabilities !== undefined && 'torch' in track.getCapabilities()

/** Watches the camera until a code of this server is seen. */
export async function scan(video: HTMLVideoElement, onCode: (code: string, isOurs: boolean) => void): Promise<Scanning> {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' }, audio: false })
  let isOver = false
  const stop = () => {
    isOver = true
    for (const track of stream.getTracks()) track.stop()
  }
  try {
    const read = await reader()
    video.srcObject = stream
    await video.play()
    void watch(video, read, () => isOver, onCode)
  } catch (error) {
    stop()
    throw error
  }
  const track = stream.getVideoTracks()[0]
  const light = async (isOn: boolean) => {
    // What browsers know and the types do not yet.
    const wish: MediaTrackConstraintSet = {}
    Object.assign(wish, { torch: isOn })
    await track?.applyConstraints({ advanced: [wish] })
  }
  return { stop, light: hasTorch(track) ? light : null }
}

async function watch(video: HTMLVideoElement, read: (canvas: HTMLCanvasElement) => Promise<string | null>, isOver: () => boolean, onCode: (code: string, isOurs: boolean) => void) {
  const canvas = document.createElement('canvas')
  while (!isOver()) {
    const shrink = Math.min(1, WIDEST / (video.videoWidth || WIDEST))
    canvas.width = Math.round(video.videoWidth * shrink)
    canvas.height = Math.round(video.videoHeight * shrink)
    if (canvas.width > 0 && canvas.height > 0) {
      canvas.getContext('2d', { willReadFrequently: true })?.drawImage(video, 0, 0, canvas.width, canvas.height)
      const text = await read(canvas)
      if (text !== null && !isOver()) {
        const code = codeIn(text)
        onCode(code ?? text, code !== null)
        if (code !== null) return
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

/** The code in a link of this server; null for anything else, which is never opened. */
export function codeIn(text: string): string | null {
  const url = URL.parse(text)
  const code = url?.origin === location.origin ? /^\/card\/([A-Za-z0-9_-]{54})$/.exec(url.pathname)?.[1] : undefined
  return code !== undefined && links.card(code) === url?.pathname ? code : null
}
