/** Reads new messages out, politely and several at once. What was there before, and reading back and forth in it, says nothing. */
import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { memo, useEffect, useRef, useState } from 'react'
import type { Message } from '~/api/types'
import { isolated } from '~/lib/bidi'
import { useMessages } from '../context'
import { useSummary } from '../files/summary'

const BATCH_MS = 900

interface Props {
  messages: readonly Message[]
  /** The newest there was when the conversation was opened. */
  known: number
}

export const Announcer = memo(function Announcer({ messages, known }: Props) {
  const { t } = useLingui()
  const { me, people } = useMessages()
  const summaryOf = useSummary()
  const heard = useRef(known)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const [words, setWords] = useState('')
  const tell = () => {
    timer.current = undefined
    const fresh = messages.filter((message) => message.seq > heard.current && message.author_id !== me)
    heard.current = Math.max(heard.current, messages.at(-1)?.seq ?? 0)
    // The same words again are only heard when something about them is new.
    const say = (next: string) => setWords((before) => (before === next ? `${next}\u00A0` : next))
    const one = fresh[0]
    if (!one) return
    if (fresh.length > 1) return say(t`${plural(fresh.length, { one: '# new message', other: '# new messages' })}`)
    const name = isolated(people.snapshot().get(one.author_id)?.name ?? t({ message: 'Somebody', context: 'in place of a name' }))
    if (one.body?.kind === 'text') say(`${name}: ${summaryOf(one.body)}`)
  }
  const latest = useRef(tell)
  useEffect(() => {
    latest.current = tell
  })
  const last = messages.at(-1)?.seq ?? 0
  useEffect(() => {
    // What comes while others wait to be read out joins them; it does not put them off.
    if (last > heard.current) timer.current ??= setTimeout(() => latest.current(), BATCH_MS)
  }, [last])
  useEffect(
    () => () => {
      clearTimeout(timer.current)
      timer.current = undefined
    },
    [],
  )
  return <div className="hidden-visually" aria-live="polite">{words}</div>
})
