/** A media query that never holds and never changes. */
export class StillMedia extends EventTarget implements MediaQueryList {
  onchange = null
  readonly media: string
  constructor(media: string) {
    super()
    this.media = media
  }
  get matches() {
    return false
  }
  addListener() {}
  removeListener() {}
}
