/** Messages on their way: in order within a conversation, each exactly once by its client id. */
import type { FileRef, OutgoingBody } from '../files/types'
import { clientId, madeAt } from './clientId'

export type OutgoingState = 'queued' | 'sending' | 'failed'

export interface Outgoing {
  readonly client_id: string
  readonly conversation_id: string
  readonly body: OutgoingBody
  readonly created_at: string
  readonly state: OutgoingState
  /** Why the server refused it. */
  readonly code?: string
  /** Not before this time, in milliseconds. */
  readonly not_before?: number
  /** The uploads it waits for; once they are there the body names their files. */
  readonly uploads?: readonly string[]
  /** Its files take long: what is written after it need not wait. */
  readonly lets_pass?: boolean
  /** It went out and no answer came back: it may be stored, and cannot be taken back from here. */
  readonly has_left?: boolean
  /** One is no longer in its conversation, which was called this: what one wrote oneself is kept until one deletes it (IM-16). */
  readonly gone_from?: string
  /** It was begun and not sent. */
  readonly is_draft?: boolean
}

export type Outbox = readonly Outgoing[]

/** The server remembers client ids for seven days; an older attempt gets a new one. */
const ID_IS_GOOD_MS = 6 * 24 * 3600 * 1000

export function waitsForFiles(item: Outgoing): boolean {
  return item.state === 'queued' && (item.uploads?.length ?? 0) > 0 && item.body.file_ids === undefined
}

/** Its files take long and are under way: what is written after it goes first. */
const isPassed = (item: Outgoing) => item.lets_pass === true && waitsForFiles(item)

/**
 * The oldest message of each conversation that may leave now. One at a time, so that order is kept; only one whose files
 * take long lets later ones pass.
 */
export function ready(outbox: Outbox, now: number): readonly Outgoing[] {
  const heads = new Map<string, Outgoing>()
  for (const item of outbox) {
    if (item.state === 'failed' || isPassed(item)) continue
    if (!heads.has(item.conversation_id)) heads.set(item.conversation_id, item)
  }
  return [...heads.values()].filter((item) => item.state === 'queued' && !waitsForFiles(item) && (item.not_before ?? 0) <= now)
}

/** Its files are there: it may leave. */
export function equipped(outbox: Outbox, id: string, files: readonly FileRef[]): Outbox {
  return outbox.map((item) =>
    item.client_id === id ? { ...item, body: { ...item.body, file_ids: files.map((file) => file.id), files: [...files] } } : item,
  )
}

/** When the next message that has to wait may leave. */
export function nextAt(outbox: Outbox): number | null {
  const times = outbox.flatMap((item) => (item.state === 'queued' && item.not_before ? [item.not_before] : []))
  return times.length > 0 ? Math.min(...times) : null
}

function patch(outbox: Outbox, id: string, part: Partial<Outgoing>): Outbox {
  return outbox.map((item) => (item.client_id === id ? { ...item, ...part } : item))
}

export function sending(outbox: Outbox, id: string): Outbox {
  return patch(outbox, id, { state: 'sending', not_before: undefined, has_left: true })
}

/** The message is stored, or taken back before it left. */
export function settled(outbox: Outbox, id: string): Outbox {
  return outbox.some((item) => item.client_id === id) ? outbox.filter((item) => item.client_id !== id) : outbox
}

/** Refused for good: it stays, visible, until its author retries or drops it. Later ones go on. */
export function failed(outbox: Outbox, id: string, code: string): Outbox {
  return patch(outbox, id, { state: 'failed', code, has_left: undefined })
}

/** Refused for now. */
export function held(outbox: Outbox, id: string, until: number): Outbox {
  return patch(outbox, id, { state: 'queued', not_before: until, has_left: undefined })
}

/** The connection is gone: what had no answer yet is sent again, with the same id, in the same order. */
export function unsettled(outbox: Outbox): Outbox {
  if (!outbox.some((item) => item.state === 'sending')) return outbox
  return outbox.map((item) => (item.state === 'sending' ? { ...item, state: 'queued' } : item))
}

/** Sends a failed message again, as the newest. */
export function retried(outbox: Outbox, id: string, now: number): Outbox {
  const item = outbox.find((candidate) => candidate.client_id === id)
  if (item?.state !== 'failed') return outbox
  const isOld = now - madeAt(item.client_id) > ID_IS_GOOD_MS
  const again: Outgoing = {
    ...item,
    body: item.uploads ? { ...item.body, file_ids: undefined } : item.body,
    client_id: isOld ? clientId(now) : item.client_id,
    state: 'queued',
    code: undefined,
    gone_from: undefined,
    is_draft: undefined,
    not_before: undefined,
  }
  return [...outbox.filter((candidate) => candidate.client_id !== id), again]
}

/** Why a message that waited too long was not sent: the server would no longer know it from a second one. */
export const TOO_OLD = 'chat.too_old'

/** Why what was written was not sent: its author was no longer in the conversation. */
export const NOT_IN_IT = 'chat.not_in_it'

const left = { state: 'failed', code: NOT_IN_IT } as const

/** One is no longer in the conversation: one's own words stay, and nothing they quote. */
export function orphaned(outbox: Outbox, id: string, name: string): Outbox {
  return outbox.map((item) => {
    if (item.conversation_id !== id || item.gone_from !== undefined) return item
    return { ...item, ...left, gone_from: name, uploads: undefined, lets_pass: undefined, body: { ...item.body, reply_to: undefined } }
  })
}

/** Words that were begun in a conversation one is no longer in; later ones take the place of earlier ones. */
export function unsentDraft(outbox: Outbox, id: string, text: string, at: number, name = ''): Outbox {
  const earlier = outbox.find((item) => item.conversation_id === id && item.is_draft === true)
  const body = { v: 1, kind: 'text', text } as const
  if (earlier) return patch(outbox, earlier.client_id, { body })
  return [...outbox, { ...left, client_id: clientId(at), conversation_id: id, body, created_at: new Date(at).toISOString(), gone_from: name, is_draft: true }]
}

/** What an earlier page left: nothing is under way any more, and what waited for days is not sent unasked. */
export function restored(outbox: Outbox, now: number): Outbox {
  return unsettled(outbox).map((item) => {
    const isOld = item.state === 'queued' && now - madeAt(item.client_id) > ID_IS_GOOD_MS
    return isOld ? { ...item, state: 'failed', code: TOO_OLD } : item
  })
}

/** Which of the same conversation this one is, in the order in which they leave; what lets others pass holds none up. */
export function queuePosition(outbox: Outbox, id: string): number {
  const item = outbox.find((candidate) => candidate.client_id === id)
  if (!item) return 0
  const waiting = outbox.filter((other) => other.conversation_id === item.conversation_id && other.state !== 'failed' && (other.client_id === id || !isPassed(other)))
  return waiting.findIndex((other) => other.client_id === id) + 1
}
