/** The socket's frames as TypeScript, and the one place where text from the wire becomes one of them. */
import type { Message, TextBody } from './types'

/** What an event carries: ids and small facts, never content. */
export type EventData = Readonly<Record<string, unknown>>

export type ByeCode =
  'revoked' | 'suspended' | 'organisation_suspended' | 'signed_out' | 'slow' | 'restart' | 'too_many' | 'bad_frame'

export interface Hello {
  c: 'sys'
  k: 'hello'
  version: string
  session_id: string
  member_id: string
  pos: number
  heartbeat_s: number
  frame_bytes: number
}

export interface Bye {
  c: 'sys'
  k: 'bye'
  code: ByeCode
  retry_s?: number
}

export interface EventFrame {
  c: 'events'
  k: 'event'
  pos: number
  name: string
  at: string
  data: EventData
}

export type ChatFrame =
  | {
      c: 'chat'
      k: 'sent'
      client_id: string
      conversation_id: string
      id: string
      seq: number
      n: number
      sent_at: string
      kept_until: string
    }
  | { c: 'chat'; k: 'refused'; client_id: string; code: string; retry_s?: number }
  | { c: 'chat'; k: 'message'; message: Message }
  | { c: 'chat'; k: 'changed'; message: Message }
  | { c: 'chat'; k: 'read'; conversation_id: string; member_id: string; seq: number; n: number }

export interface TypingFrame {
  c: 'typing'
  k: 'typing'
  conversation_id: string
  member_id: string
}

export type PresenceState = 'active' | 'away' | 'offline'

export interface PresenceFrame {
  c: 'presence'
  k: 'presence'
  items: readonly { member_id: string; state: PresenceState }[]
}

export type ServerFrame =
  | Hello
  | Bye
  | EventFrame
  | ChatFrame
  | TypingFrame
  | PresenceFrame
  | { c: 'sys'; k: 'pong'; id?: string }
  | { c: 'sys'; k: 'error'; id?: string; code: string }
  | { c: 'events'; k: 'refetch'; pos: number }

/** What this client says. */
export type ClientFrame =
  | { c: 'sys'; k: 'ping'; id: string }
  | { c: 'chat'; k: 'send'; client_id: string; conversation_id: string; body: TextBody }
  | { c: 'chat'; k: 'read'; conversation_id: string; seq: number }
  | { c: 'typing'; k: 'typing'; conversation_id: string }
  | { c: 'presence'; k: 'active' | 'away' }
  | { c: 'presence'; k: 'watch'; member_ids: readonly string[] }

type Shape = Readonly<Record<string, 'string' | 'number' | 'object'>>

/** The members a frame must have for the code behind it to be safe. A newer server may send more. */
const shapes: Readonly<Record<string, Shape>> = {
  'sys/hello': { member_id: 'string', pos: 'number', heartbeat_s: 'number' },
  'sys/bye': { code: 'string' },
  'sys/pong': {},
  'sys/error': { code: 'string' },
  'events/event': { pos: 'number', name: 'string', data: 'object' },
  'events/refetch': { pos: 'number' },
  'chat/sent': { client_id: 'string', conversation_id: 'string', id: 'string', seq: 'number', n: 'number' },
  'chat/refused': { client_id: 'string', code: 'string' },
  'chat/message': { message: 'object' },
  'chat/changed': { message: 'object' },
  'chat/read': { conversation_id: 'string', member_id: 'string', seq: 'number', n: 'number' },
  'typing/typing': { conversation_id: 'string', member_id: 'string' },
  'presence/presence': { items: 'object' },
}

function isServerFrame(value: unknown): value is ServerFrame {
  if (typeof value !== 'object' || value === null) return false
  const fields = new Map<string, unknown>(Object.entries(value))
  const shape = shapes[`${String(fields.get('c'))}/${String(fields.get('k'))}`]
  if (!shape) return false
  return Object.entries(shape).every(([name, type]) => {
    const field = fields.get(name)
    return typeof field === type && field !== null
  })
}

/** A frame this client knows, or nothing: kinds of a newer server are passed over, never an error. */
export function readFrame(text: unknown): ServerFrame | undefined {
  if (typeof text !== 'string') return undefined
  try {
    const value: unknown = JSON.parse(text)
    return isServerFrame(value) ? value : undefined
  } catch {
    return undefined
  }
}
