/** Reads new messages out, politely and several at once. Scrolling back through old ones says nothing. */
import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { useEffect, useRef, useState } from 'react'
import type { Message } from '~/api/types'
import { isolated } from '~/lib/bidi'
import { useMessages } from '../context'
import { useSummary } from '../files/summary'

const BATCH_MS = 900

export function Announcer({ messages }: { messages: readonly Message[] }) {
  const { t } = useLingui()
  const { me, people } = useMessages()
  const heard = useRef<number | null>(null)
  const [words, setWords] = useState('')
  const summaryOf = useSummary()
  const latest = useRef(summaryOf)
  useEffect(() => {
    latest.current = summaryOf
  })
  const last = messages.at(-1)?.seq ?? 0
  useEffect(() => {
    if (heard.current === null) {
      heard.current = last
      return
    }
    // The same words again are only heard when something about them is new.
    const say = (next: string) => setWords((before) => (before === next ? `${next}\u00A0` : next))
    const timer = setTimeout(() => {
      const fresh = messages.filter((message) => message.seq > (heard.current ?? last) && message.author_id !== me)
      heard.current = last
      const one = fresh[0]
      if (!one) return
      if (fresh.length > 1) return say(t`${plural(fresh.length, { one: '# new message', other: '# new messages' })}`)
      const name = isolated(people.snapshot().get(one.author_id)?.name ?? '')
      if (one.body?.kind === 'text') say(`${name}: ${latest.current(one.body)}`)
    }, BATCH_MS)
    return () => clearTimeout(timer)
  }, [last, messages, me, people, t])
  return <div className="hidden-visually" aria-live="polite">{words}</div>
}
