/** The text being written: kept while one looks elsewhere, and the same on every device of this person. */
import { useCallback, useEffect, useRef, useState } from 'react'
import { useMessages } from '../context'
import { type Entry, withMy } from '../engine/entry'
import { withEntry } from '../engine/state'
import { update } from '../engine/store'
import { saveDraft } from '../queries'

const SAVE_AFTER_MS = 1_200

export interface Draft {
  text: string
  setText: (text: string) => void
  /** After sending: nothing is left of it anywhere. */
  clear: () => void
}

export function useDraft(entry: Entry, replyTo: number | null): Draft {
  const { engine } = useMessages()
  const id = entry.conversation.id
  const remote = entry.conversation.my.draft?.text ?? ''
  const [text, setWritten] = useState(remote)
  const known = useRef(remote)
  const latest = useRef({ text, replyTo })

  const save = useCallback(
    (now: string, to: number | null) => {
      if (now === known.current) return
      known.current = now
      const draft = now.trim() === '' ? null : { text: now, reply_to: to }
      update(engine.store, (state) =>
        withEntry(state, id, (held) => ({ ...held, conversation: withMy(held.conversation, { draft }) })),
      )
      saveDraft(id, draft === null ? '' : now, draft === null ? null : to).catch(() => undefined)
    },
    [engine, id],
  )

  useEffect(() => {
    latest.current = { text, replyTo }
    const timer = setTimeout(() => save(text, replyTo), SAVE_AFTER_MS)
    return () => clearTimeout(timer)
  }, [text, replyTo, save])
  useEffect(() => () => save(latest.current.text, latest.current.replyTo), [save])

  // Another device went on writing: its text is taken over unless something else is being written here.
  useEffect(() => {
    if (remote === known.current) return
    if (latest.current.text === known.current) setWritten(remote)
    known.current = remote
  }, [remote])

  const clear = useCallback(() => {
    setWritten('')
    latest.current = { text: '', replyTo: null }
    save('', null)
  }, [save])
  return { text, setText: setWritten, clear }
}
