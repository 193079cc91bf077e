/** A found message between the one before and the one after it, so that one sees whether it is the one that was meant. */
import { Trans } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { query } from '~/api/client'
import type { Message } from '~/api/types'
import { MemberAvatar } from '~/shell/MemberAvatar'
import { useMessages, usePerson } from '../context'
import { Gone } from '../conversation/Tombstone'
import { useSummary } from '../files/summary'
import { Name } from '../names'
import { SystemText } from '../SystemText'
import { Excerpt } from '../text/Excerpt'
import { useTimes } from '../times'
import styles from './parts.module.css'

interface Props {
  id: string
  seq: number
  /** The hit as the search shows it, with its marks. */
  children: ReactNode
}

/** The hit and one on each side. */
const LIMIT = 3
const EXCERPT = 240

const around = (conversation: string, seq: number) => ({
  ...query('get', '/v1/conversations/{conversation}/messages', { path: { conversation }, query: { around: seq, limit: LIMIT } }),
  staleTime: 30_000,
})

export function Around({ id, seq, children }: Props) {
  const { data } = useQuery(around(id, seq))
  const messages = (data?.items ?? []).filter((message) => Math.abs(message.seq - seq) <= LIMIT)
  return (
    <div className={styles.around}>
      {messages.map((message) => <Line key={message.seq} message={message}>{message.seq === seq ? children : undefined}</Line>)}
    </div>
  )
}

/** What nobody says any more has no face beside it, as in the conversation. */
function Line({ message, children }: { message: Message; children: ReactNode }) {
  const { me } = useMessages()
  if (message.body?.kind === 'system') return <p className={styles.quiet}><SystemText message={message} body={message.body} /></p>
  if (message.state === 'recalled' || message.state === 'removed') return <p className={styles.quiet}><Gone message={message} isMine={message.author_id === me} /></p>
  return <Said message={message}>{children}</Said>
}

function Said({ message, children }: { message: Message; children: ReactNode }) {
  const times = useTimes()
  const summaryOf = useSummary()
  const person = usePerson(message.author_id)
  const isHit = children !== undefined
  return (
    <div className={styles.said} data-hit={isHit || undefined}>
      <span className={styles.face}>{person && <MemberAvatar member={person} size={24} />}</span>
      <span className={styles.who}>
        <Name id={message.author_id} /> <time dateTime={message.sent_at} title={times.full(message.sent_at)}>{times.clock(message.sent_at)}</time>
      </span>
      <span className={styles.words} dir="auto">
        {message.body?.kind === 'text' ? (children ?? <Excerpt text={summaryOf(message.body, EXCERPT)} />) : <Trans>Not there any more</Trans>}
      </span>
    </div>
  )
}
