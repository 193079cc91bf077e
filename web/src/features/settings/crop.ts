/** Which square of a picture is kept. */
export interface CropPlace {
  /** Middle of the square, as a share of the picture's shorter side from its middle. */
  x: number
  y: number
  zoom: number
}

export const MOST_ZOOM = 4

interface Size {
  width: number
  height: number
}

/** How far the middle of the square may be from the middle of the picture, as the same share. */
export function roomOf(picture: Size, zoom: number): { x: number; y: number } {
  const short = Math.min(picture.width, picture.height)
  const half = 1 / zoom / 2
  return { x: picture.width / short / 2 - half, y: picture.height / short / 2 - half }
}

/** Keeps the square inside the picture. */
export function cropOf(picture: Size, place: CropPlace): CropPlace {
  const zoom = Math.min(MOST_ZOOM, Math.max(1, place.zoom))
  const room = roomOf(picture, zoom)
  const limit = (value: number, most: number) => 0.5 + Math.max(-most, Math.min(most, value - 0.5))
  return { zoom, x: limit(place.x, room.x), y: limit(place.y, room.y) }
}

export function drawCrop(canvas: HTMLCanvasElement, picture: ImageBitmap, place: CropPlace) {
  const { x, y, zoom } = cropOf(picture, place)
  const short = Math.min(picture.width, picture.height)
  const side = short / zoom
  const left = picture.width / 2 + (x - 0.5) * short - side / 2
  const top = picture.height / 2 + (y - 0.5) * short - side / 2
  const context = canvas.getContext('2d')
  if (!context) return
  context.imageSmoothingQuality = 'high'
  context.clearRect(0, 0, canvas.width, canvas.height)
  context.drawImage(picture, left, top, side, side, 0, 0, canvas.width, canvas.height)
}
