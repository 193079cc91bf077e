/** How a picture is moved and enlarged. Pure: sizes are in pixels of the stage, at scale 1 the picture is whole. */

export interface View {
  readonly scale: number
  readonly x: number
  readonly y: number
}

export interface Size {
  readonly width: number
  readonly height: number
}

export interface Stage extends Size {
  /** How large the picture is drawn on it at scale 1; as large as the stage where that is not known. */
  readonly picture?: Size | null
}

export const WHOLE: View = { scale: 1, x: 0, y: 0 }
const MOST = 8

/** No edge of the enlarged picture comes further in than the middle of the stage allows. */
function within(view: View, stage: Stage): View {
  const reach = (size: number, drawn = size) => Math.max(0, (view.scale * drawn - size) / 2)
  const hold = (value: number, most: number) => Math.min(most, Math.max(-most, value)) + 0
  return { scale: view.scale, x: hold(view.x, reach(stage.width, stage.picture?.width)), y: hold(view.y, reach(stage.height, stage.picture?.height)) }
}

/** As large as it fits, and no larger than it is: beyond that it would only be blurred. */
export function drawn(picture: Size, stage: Size): Size {
  const share = Math.min(1, stage.width / picture.width, stage.height / picture.height)
  return { width: picture.width * share, height: picture.height * share }
}

/** Enlarges around a point, counted from the middle of the stage: what is there stays there. */
export function zoomed(view: View, by: number, stage: Stage, at: { x: number; y: number } = { x: 0, y: 0 }): View {
  const scale = Math.min(MOST, Math.max(1, view.scale * by))
  const grown = scale / view.scale
  return within({ scale, x: at.x - (at.x - view.x) * grown, y: at.y - (at.y - view.y) * grown }, stage)
}

export function moved(view: View, dx: number, dy: number, stage: Stage): View {
  return within({ ...view, x: view.x + dx, y: view.y + dy }, stage)
}

export type Swipe = 'next' | 'previous' | 'close' | null

/** What a finger meant that was lifted after this way. */
export function swipeOf(dx: number, dy: number): Swipe {
  if (Math.abs(dx) > 56 && Math.abs(dx) > Math.abs(dy) * 1.4) return dx < 0 ? 'next' : 'previous'
  return dy > 96 && dy > Math.abs(dx) * 1.4 ? 'close' : null
}
