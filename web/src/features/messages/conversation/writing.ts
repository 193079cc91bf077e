/** What the composer is about: a fresh message, an answer to one, or the change of one. */
import { useEffect } from 'react'
import type { Message } from '~/api/types'
import { useChat, useMessages } from '../context'

export interface Writing {
  /** The message that is answered. It is a part of the draft, and waits there while an older message is changed. */
  readonly reply: number | null
  /** The message that is changed. */
  readonly edited: Message | null
}

export const afresh: Writing = { reply: null, edited: null }

/** The message that is answered, fetched if this device does not have it yet. */
export function useAnswered(id: string, seq: number | null): Message | undefined {
  const { engine } = useMessages()
  const message = useChat((state) => (seq === null ? undefined : state.logs.get(id)?.messages.get(seq)))
  const missing = message ? null : seq
  useEffect(() => {
    if (missing !== null) engine.history.around(id, missing).catch(() => undefined)
  }, [engine, id, missing])
  return message
}
