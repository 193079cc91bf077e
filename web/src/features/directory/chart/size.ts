/** How large the chart is drawn. Pure; 1 is as large as everything else. */

const SMALLEST = 0.1
const LARGEST = 2
/** What one press on a button or a key does. */
const STEP = 1.25

export interface Area {
  width: number
  height: number
}

export const within = (scale: number) => Math.min(LARGEST, Math.max(SMALLEST, scale))
export const larger = (scale: number) => within(scale * STEP)
export const smaller = (scale: number) => within(scale / STEP)
export const isLargest = (scale: number) => scale >= LARGEST
export const isSmallest = (scale: number) => scale <= SMALLEST

/** As large as it is seen whole, and no larger than 1. `chart` is how large it is at 1. */
export const fitting = (chart: Area, room: Area) => within(Math.min(1, room.width / chart.width, room.height / chart.height))

/** Below it names are not read without effort. */
const LEGIBLE = 0.6

/** How it is opened: whole, or as much of it as there is room for while it can be read. */
export const opening = (chart: Area, room: Area) => Math.max(LEGIBLE, fitting(chart, room))

/** What a turn of the wheel with Ctrl, or two fingers on a touchpad, do. */
export const turned = (scale: number, delta: number) => within(scale * Math.exp(-delta / 300))
