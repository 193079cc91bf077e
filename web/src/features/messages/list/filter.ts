/** Which conversations the list shows. Pure. */
import { byActivity, type Entry, mentions, unread } from '../engine/entry'

export type Filter = 'all' | 'unread' | 'mentions' | 'groups'

export function isUnread(entry: Entry): boolean {
  return unread(entry) > 0 || entry.conversation.my.is_marked_unread
}

function isShown(entry: Entry, filter: Filter): boolean {
  if (filter === 'unread') return isUnread(entry)
  if (filter === 'mentions') return mentions(entry) > 0
  return filter === 'groups' ? entry.conversation.kind === 'group' : true
}

/** Whether a conversation is in the list for what it is. */
export function isListed(entry: Entry | undefined, filter: Filter): boolean {
  return entry !== undefined && !entry.conversation.my.is_hidden && isShown(entry, filter)
}

/** In the order of the list. The open conversation stays although reading it took it out of the filter. */
export function shownEntries(entries: ReadonlyMap<string, Entry>, filter: Filter, open: string | null): Entry[] {
  return [...entries.values()].filter((entry) => isListed(entry, filter) || entry.conversation.id === open).sort(byActivity)
}

export interface Counts {
  unread: number
  mentions: number
}

/** What the filters count: muted conversations are quiet, mentions never are. */
export function countsOf(entries: ReadonlyMap<string, Entry>): Counts {
  const counts = { unread: 0, mentions: 0 }
  for (const entry of entries.values()) {
    if (entry.conversation.my.is_hidden) continue
    counts.mentions += mentions(entry)
    if (!entry.conversation.my.is_muted) counts.unread += Math.max(unread(entry), entry.conversation.my.is_marked_unread ? 1 : 0)
  }
  return counts
}
