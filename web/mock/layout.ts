/** A size, where jsdom lays nothing out: from here on a list that draws what is in sight draws its first people. */
import { vi } from 'vitest'

export function giveSize() {
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(600)
  vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(900)
}
