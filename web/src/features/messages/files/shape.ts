/** How pictures stand together: one keeps its shape, two share a row, more make a grid. Pure, and known before they load. */
import type { FileRef } from './types'

type Sized = Pick<FileRef, 'width' | 'height'>

const MOST_PX = 320
const LEAST_PX = 96

/** Width through height; very long and very wide pictures are cut so that both stay recognisable. */
export function ratioOf({ width, height }: Sized): number {
  if (!width || !height) return 4 / 3
  return Math.min(2.4, Math.max(0.5, width / height))
}

/** The place of a single picture: never larger than it is, never too small to be pressed. */
export function boxOf(file: Sized): { width: number; height: number } {
  const ratio = ratioOf(file)
  const most = Math.min(MOST_PX, Math.max(file.width ?? MOST_PX, file.height ?? MOST_PX))
  const width = ratio >= 1 ? most : most * ratio
  return { width: Math.round(Math.max(LEAST_PX, width)), height: Math.round(Math.max(LEAST_PX, width / ratio)) }
}

/** Columns of the grid, or `row` for two that are equally high. */
export function layoutOf(count: number): 'one' | 'row' | 2 | 3 {
  if (count <= 1) return 'one'
  if (count === 2) return 'row'
  return count === 4 ? 2 : 3
}

/** A name in two parts: only the first may be cut, so that its end and kind stay readable. */
export function splitName(name: string): [head: string, tail: string] {
  const letters = Array.from(name)
  const dot = letters.lastIndexOf('.')
  const kept = dot > 0 && letters.length - dot <= 6 ? letters.length - dot + 3 : 6
  const cut = Math.max(0, letters.length - kept)
  return cut < 6 ? [name, ''] : [letters.slice(0, cut).join(''), letters.slice(cut).join('')]
}
