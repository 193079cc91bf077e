/** From the open conversation to the one before or after it in the list, by keys. Pure. */
import { type Entry, mentions } from '../engine/entry'
import { isUnread } from './filter'

export interface Step {
  way: 1 | -1
  isToUnread: boolean
}

type Keys = Pick<KeyboardEvent, 'key' | 'altKey' | 'shiftKey' | 'metaKey' | 'ctrlKey'>

/** Alt and an arrow up or down; with Shift to what is unread. */
export function stepOf({ key, altKey, shiftKey, metaKey, ctrlKey }: Keys): Step | null {
  if (!altKey || metaKey || ctrlKey || (key !== 'ArrowUp' && key !== 'ArrowDown')) return null
  return { way: key === 'ArrowDown' ? 1 : -1, isToUnread: shiftKey }
}

/** What is muted calls nobody, unless it mentions them. */
const calls = (entry: Entry) => isUnread(entry) && (!entry.conversation.my.is_muted || mentions(entry) > 0)

/** Where a step leads. The list ends above and below; from one unread to the next it goes around, since what is new comes in at the top. */
export function stepped(entries: readonly Entry[], open: string | null, { way, isToUnread }: Step): string | null {
  const here = entries.findIndex((entry) => entry.conversation.id === open)
  if (!isToUnread) return entries[here + way]?.conversation.id ?? null
  const around = [...entries.slice(here + 1), ...entries.slice(0, Math.max(here, 0))]
  return (way === 1 ? around.find(calls) : around.findLast(calls))?.conversation.id ?? null
}
