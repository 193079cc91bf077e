/** The text being written and what it answers: kept while one looks elsewhere, and the same on every device of this person. */
import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react'
import { useMessages } from '../context'
import type { Entry } from '../engine/entry'

const SAVE_AFTER_MS = 1_200

export interface Draft {
  text: string
  setText: (text: string) => void
  /** After sending: nothing is left of it anywhere. */
  clear: () => void
}

interface Words {
  text: string
  reply: number | null
}

/** Without words nothing is kept. */
const draftOf = ({ text, reply }: Words) => (text.trim() === '' ? null : { text, reply_to: reply })

const isSame = (a: Words, b: Words) => {
  const [one, other] = [draftOf(a), draftOf(b)]
  return one?.text === other?.text && one?.reply_to === other?.reply_to
}

/** `onReply` is told when another device began to answer another message, or none. */
export function useDraft(entry: Entry, reply: number | null, onReply: (reply: number | null) => void): Draft {
  const { engine } = useMessages()
  const { id, my } = entry.conversation
  const remoteText = my.draft?.text ?? ''
  const remoteReply = my.draft?.reply_to ?? null
  const [text, setWritten] = useState(remoteText)
  const known = useRef<Words>({ text: remoteText, reply: remoteReply })
  const latest = useRef<Words>({ text, reply })

  const save = useCallback(
    (now: Words) => {
      if (isSame(now, known.current)) return
      known.current = now
      engine.draft(id, draftOf(now))
    },
    [engine, id],
  )

  useEffect(() => {
    latest.current = { text, reply }
    const timer = setTimeout(() => save({ text, reply }), SAVE_AFTER_MS)
    return () => clearTimeout(timer)
  }, [text, reply, save])
  useEffect(() => () => save(latest.current), [save])
  // A window that is put away may never come back.
  useEffect(() => {
    const away = () => document.visibilityState === 'hidden' && save(latest.current)
    document.addEventListener('visibilitychange', away)
    return () => document.removeEventListener('visibilitychange', away)
  }, [save])

  // Another device went on writing: its draft is taken over unless something else is being written here.
  const take = useEffectEvent((remote: Words) => {
    if (isSame(remote, known.current)) return
    const isUntouched = isSame(latest.current, known.current)
    known.current = remote
    if (!isUntouched) return
    latest.current = remote
    setWritten(remote.text)
    if (remote.reply !== reply) onReply(remote.reply)
  })
  useEffect(() => take({ text: remoteText, reply: remoteReply }), [remoteText, remoteReply])

  const clear = useCallback(() => {
    setWritten('')
    latest.current = { text: '', reply: null }
    save(latest.current)
  }, [save])
  return { text, setText: setWritten, clear }
}
