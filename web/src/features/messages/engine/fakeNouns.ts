/** What the fake server of the tests says: its group as one member sees it, and messages with their files. */
import type { Conversation, Message } from '~/api/types'
import type { OutgoingBody } from '../files/types'
import type { Draft } from './port'

export const EPOCH = Date.UTC(2026, 10, 22, 8)

interface Truth {
  id: string
  messages: readonly Message[]
  reads: ReadonlyMap<string, { seq: number; n: number }>
  drafts: ReadonlyMap<string, Draft>
}

export function groupOf({ id, messages, reads, drafts }: Truth, member: string): Conversation {
  const n = messages.length
  const read = reads.get(member) ?? { seq: 0, n: 0 }
  const recalled = messages.filter((message) => message.n > read.n && message.state === 'recalled').map((message) => message.n)
  return {
    id,
    kind: 'group',
    name: 'Move',
    member_count: 3,
    created_at: new Date(EPOCH).toISOString(),
    history: 'joining',
    revision: 0,
    last: { seq: n, n, at: messages.at(-1)?.sent_at ?? new Date(EPOCH).toISOString() },
    last_message: messages.at(-1),
    my: {
      role: 'member',
      read_seq: read.seq,
      read_n: read.n,
      start_seq: 0,
      unread: n - read.n - recalled.length,
      recalled,
      mentions: 0,
      is_muted: false,
      is_pinned: false,
      is_marked_unread: false,
      is_hidden: false,
      draft: drafts.get(member) ?? null,
    },
    kept_days: 90,
    can: {
      send: true,
      rename: false,
      add: false,
      remove: false,
      transfer: false,
      dissolve: false,
      leave: true,
      mention_all: false,
    },
  }
}

/** What is stored names the files, not only their ids. */
export function withFiles({ file_ids: ids, ...body }: OutgoingBody): OutgoingBody {
  if (!ids) return body
  return { ...body, files: ids.map((id) => ({ id, name: id, size: 1, media_type: 'image/png', kind: 'picture', has_thumbnail: true })) }
}
