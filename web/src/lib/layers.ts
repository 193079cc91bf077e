/** What lies open over the page (dialogs, sheets, menus, pictures), in the order it was opened. */

interface Layer {
  close: () => void
}

const layers: Layer[] = []
let tell: () => void = () => undefined

/** A layer is open until the answer is called; `close` is how somebody is done with it. */
export function openLayer(close: () => void): () => void {
  const layer = { close }
  layers.push(layer)
  tell()
  return () => void layers.splice(layers.indexOf(layer), 1)
}

/** Closes what was opened last; false if nothing is open. */
export function closeTopLayer(): boolean {
  const top = layers.at(-1)
  top?.close()
  return top !== undefined
}

/** Whether anything does: what is below it takes no keys. */
export const isLayerOpen = () => layers.length > 0

/** Calls `opened` whenever a layer opens, until the answer is called. One listener: whoever watches the way back. */
export function watchLayers(opened: () => void): () => void {
  tell = opened
  return () => {
    tell = () => undefined
  }
}
