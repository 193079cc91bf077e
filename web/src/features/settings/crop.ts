/** Which square of a picture is kept. */
export interface CropPlace {
  /** Middle of the square, as a share of the picture's shorter side from its middle. */
  x: number
  y: number
  zoom: number
}

interface Size {
  width: number
  height: number
}

/** Keeps the square inside the picture. */
export function cropOf(picture: Size, place: CropPlace): CropPlace {
  const short = Math.min(picture.width, picture.height)
  const half = 1 / place.zoom / 2
  const limit = (value: number, side: number) => {
    const room = side / short / 2 - half
    return 0.5 + Math.max(-room, Math.min(room, value - 0.5))
  }
  return { zoom: place.zoom, x: limit(place.x, picture.width), y: limit(place.y, picture.height) }
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
