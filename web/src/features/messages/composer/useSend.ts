/** What happens when a text is sent: a fresh message leaves at once, a change waits for the server. */
import { useLingui } from '@lingui/react/macro'
import type { Dispatch, SetStateAction } from 'react'
import type { Message } from '~/api/types'
import { useProblemText } from '~/api/problems'
import { toast } from '~/ui/toast'
import { useMessages } from '../context'
import { canEdit } from '../conversation/actions'
import { afresh, type Writing } from '../conversation/writing'
import type { Entry } from '../engine/entry'
import { amend } from '../engine/state'
import { update } from '../engine/store'
import { editMessage } from '../queries'
import { callsEverybody, type Named, stillCalled } from '../text/mentions'
import type { OutgoingBody } from '../files/types'
import { useSummary } from '../files/summary'
import type { Upload } from '../uploads/upload'

interface Options {
  entry: Entry
  text: string
  /** What was put beside the text; it goes with a fresh message. */
  files: readonly Upload[]
  picked: readonly Named[]
  reply: number | null
  /** What is answered, if this device has it: until the server has quoted it, it is quoted from here. */
  answered: Message | undefined
  changing: Message | null
  onWriting: Dispatch<SetStateAction<Writing>>
  onSent: () => void
  clear: () => void
}

/** Longer messages are refused by the server; saying so before is kinder. */
const MOST_BYTES = 16_000

export function useSend({ entry, text, files, picked, reply, answered, changing, onWriting, onSent, clear }: Options) {
  const { t } = useLingui()
  const { engine, me, people } = useMessages()
  const textOf = useProblemText()
  const summaryOf = useSummary()
  const { id, can } = entry.conversation

  const called = () => {
    const before = changing?.body?.kind === 'text' ? (changing.body.mentions ?? []) : []
    const known = before.flatMap((member) => people.snapshot().get(member) ?? [])
    return stillCalled(text, [...picked, ...known])
  }
  const isSame = ({ body }: Message) => body?.kind === 'text' && body.text.trim() === text.trim() && called().every((member) => body.mentions?.includes(member) === true)
  const change = async (message: Message) => {
    const close = () => onWriting((writing) => ({ ...writing, edited: null }))
    if (isSame(message)) return close()
    try {
      // Whoever may not mention everybody any more may leave it where it was.
      const mayCallAll = can.mention_all || (message.body?.kind === 'text' && message.body.mentions_all === true)
      const answer = await editMessage(id, message.seq, { text: text.trim(), mentions: called(), mentions_all: mayCallAll && callsEverybody(text) })
      if (answer) update(engine.store, (state) => amend(state, answer))
      close()
    } catch (error) {
      toast(`${t`Not changed.`} ${textOf(error)}`, { tone: 'bad' })
    }
  }
  const send = async () => {
    const words = text.trim()
    if (words === '' && files.length === 0) return
    if (files.some((upload) => upload.state === 'failed')) {
      toast(t`One of the files cannot be sent. Remove it or try it again first.`, { tone: 'bad' })
      return
    }
    if (new TextEncoder().encode(words).length > MOST_BYTES) {
      toast(t`This is too long for one message. Send it in parts.`, { tone: 'bad' })
      return
    }
    if (changing) return change(changing)
    const body: OutgoingBody = { v: 1, kind: 'text', text: words }
    // Until the server has named them they are called what they are called here.
    if (files.length > 0) body.files = files.map(({ id, name, size, type, kind }) => ({ id, name, size, media_type: type, kind }))
    const mentions = called()
    if (mentions.length > 0) body.mentions = mentions
    if (can.mention_all && callsEverybody(words)) body.mentions_all = true
    if (reply !== null) {
      body.reply_to = answered ? { seq: reply, author_id: answered.author_id, excerpt: answered.body?.kind === 'text' ? summaryOf(answered.body, 120) : '' } : { seq: reply }
    }
    engine.send(id, body, files.map((upload) => upload.id))
    clear()
    onWriting(afresh)
    onSent()
  }
  /** Arrow up in an empty field: the last own message, while it may still be changed. */
  const editLast = (): boolean => {
    const log = engine.store.getState().logs.get(id)
    const own = [...(log?.messages.values() ?? [])].filter((message) => message.author_id === me && message.state !== 'recalled')
    const last = own.sort((a, b) => b.seq - a.seq)[0]
    if (!last || !canEdit(last, me, Date.now())) return false
    onWriting((writing) => ({ ...writing, edited: last }))
    return true
  }
  return { send, editLast }
}
