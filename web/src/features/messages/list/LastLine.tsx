/** The second line of a conversation: who types, what is not sent yet, or what was said last. */
import { Trans, useLingui } from '@lingui/react/macro'
import { ClockArrowUp, CircleAlert } from 'lucide-react'
import { Icon } from '~/ui/Icon'
import { useChat, useMessages } from '../context'
import { type Entry, mentions } from '../engine/entry'
import { Name } from '../names'
import { SystemText } from '../SystemText'
import { Excerpt } from '../text/Excerpt'
import { useSummary } from '../files/summary'
import { plainText } from '../text/plain'
import styles from './ConversationRow.module.css'

export function LastLine({ entry, isOpen, now }: { entry: Entry; isOpen: boolean; now: number }) {
  const id = entry.conversation.id
  const typist = useChat((state) => state.typing.get(id)?.keys().next().value)
  const waiting = useChat((state) => state.outbox.findLast((item) => item.conversation_id === id))
  const summaryOf = useSummary()
  const draft = entry.conversation.my.draft?.text
  if (typist !== undefined) return <Typing id={typist} isGroup={entry.conversation.kind === 'group'} />
  if (draft && !isOpen && entry.conversation.can.send) {
    return (
      <>
        <span className={styles.draft}><Trans>[Draft]</Trans></span> <Excerpt text={plainText(draft)} />
      </>
    )
  }
  if (waiting) {
    return (
      <>
        <span className={styles.waiting} data-failed={waiting.state === 'failed' || undefined}>
          <Icon icon={waiting.state === 'failed' ? CircleAlert : ClockArrowUp} size={13} />
        </span>{' '}
        <Excerpt text={summaryOf(waiting.body)} />
      </>
    )
  }
  return (
    <>
      {mentions(entry) > 0 && (
        <>
          <span className={styles.at}><Trans>[You were mentioned]</Trans></span>{' '}
        </>
      )}
      <Said entry={entry} now={now} />
    </>
  )
}

function Typing({ id, isGroup }: { id: string; isGroup: boolean }) {
  const name = isGroup ? <Name id={id} /> : null
  return (
    <span className={styles.typing}>
      {name !== null ? <Trans>{name} is typing…</Trans> : <Trans>Typing…</Trans>}
    </span>
  )
}

function Said({ entry, now }: { entry: Entry; now: number }) {
  const { t } = useLingui()
  const { me } = useMessages()
  const summaryOf = useSummary()
  const message = entry.lastMessage
  if (!message || Date.parse(message.kept_until) <= now) return t`No messages`
  if (message.state === 'recalled') {
    return message.author_id === me ? t`You recalled a message` : <Recalled id={message.author_id} />
  }
  if (message.state === 'removed') return t`A message was removed`
  const body = message.body
  if (body?.kind === 'system') return <SystemText message={message} body={body} />
  if (body?.kind !== 'text') return t`A message this version cannot show`
  const isNamed = entry.conversation.kind === 'group' && message.author_id !== me
  return (
    <>
      {isNamed && (
        <>
          <Name id={message.author_id} />
          {t({ message: ': ', comment: 'Between a name and what that person said' })}
        </>
      )}
      <Excerpt text={summaryOf(body)} />
    </>
  )
}

function Recalled({ id }: { id: string }) {
  const name = <Name id={id} />
  return <Trans>{name} recalled a message</Trans>
}
