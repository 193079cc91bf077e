/** The nouns of talking. */
import type { Id, Role, Time } from './types'

export interface TextBody {
  v: number
  kind: 'text'
  text: string
  mentions?: Id[] | null
  mentions_all?: boolean | null
  reply_to?: { seq: number; author_id: Id; excerpt: string } | null
  forwarded?: { author_id: Id; sent_at: Time } | null
}

export interface SystemBody {
  v: number
  kind: 'system'
  event: 'created' | 'added' | 'removed' | 'left' | 'renamed' | 'transferred' | 'dissolved' | 'history'
  member_ids?: Id[] | null
  name?: string | null
}

export interface CardBody {
  v: number
  kind: 'card'
  ref: { kind: string; id: Id }
}

/** A kind the client does not know is shown as "update to see this". */
export type MessageBody = TextBody | SystemBody | CardBody

export interface Message {
  id: Id
  conversation_id: Id
  /** Place in the conversation, without gaps. */
  seq: number
  /** Place among what counts as unread. */
  n: number
  author_id: Id
  sent_at: Time
  client_id?: Id | null
  state: 'sent' | 'edited' | 'recalled' | 'removed'
  edited_at?: Time | null
  body: MessageBody | null
  kept_until: Time
  edit_until?: Time | null
  recall_until?: Time | null
}

export interface ConversationMine {
  role: Role
  read_seq: number
  read_n: number
  start_seq: number
  unread: number
  mentions: number
  is_muted: boolean
  is_pinned: boolean
  is_marked_unread: boolean
  is_hidden: boolean
  draft?: { text: string; reply_to?: number | null } | null
}

export interface Conversation {
  id: Id
  kind: 'direct' | 'group'
  name?: string | null
  /** The other member of a direct chat. */
  peer_id?: Id | null
  member_count: number
  created_at: Time
  dissolved_at?: Time | null
  history: 'joining' | 'all'
  last: { seq: number; n: number; at: Time }
  last_message?: Message | null
  my: ConversationMine
  kept_days: number
  can: {
    send: boolean
    rename: boolean
    add: boolean
    remove: boolean
    transfer: boolean
    dissolve: boolean
    leave: boolean
    mention_all: boolean
  }
}

export type NewConversation =
  | { kind: 'direct'; member_id: Id }
  | { kind: 'group'; name?: string | null; member_ids: Id[]; department_ids: Id[]; history?: 'joining' | 'all' }

export interface ConversationMember {
  member_id: Id
  role: Role
  joined_at: Time
  read_seq: number
}

export interface MessageRange {
  items: Message[]
  has_older: boolean
  has_newer: boolean
}

export interface Readers {
  read: { member_id: Id; at?: Time | null }[]
  unread: Id[]
}

export interface SyncRequest {
  pos?: number | null
  positions: { conversation_id: Id; seq: number }[]
}

export interface SyncAnswer {
  pos: number
  conversations: Conversation[]
  gone: Id[]
  messages: { conversation_id: Id; items: Message[]; has_more: boolean }[]
  changed: Message[]
  refetch: boolean
}
