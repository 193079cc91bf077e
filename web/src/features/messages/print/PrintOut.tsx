/** A conversation on paper: what is loaded here, whole and without controls. It is drawn only while the browser prints. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useState } from 'react'
import { createPortal, flushSync } from 'react-dom'
import type { Message, TextBody } from '~/api/types'
import { clock, fullDay, moment } from '~/lib/dates'
import { useMe, useOrganisationName } from '~/shell/session'
import { useQuoted } from '../conversation/useQuoted'
import type { Entry } from '../engine/entry'
import { addressesOf } from '../files/addresses'
import { filesOf, isShown, type FileRef } from '../files/types'
import { useKeptFor } from '../keptFor'
import { Name } from '../names'
import { SystemText } from '../SystemText'
import { MessageText } from '../text/MessageText'
import { dayOf } from '../times'
import { isPrintKey, keepReady } from './ready'
import { usePrint } from './usePrint'
import styles from './PrintOut.module.css'

interface Props {
  entry: Entry
  title: string
  messages: readonly Message[]
  /** Whether there are others before or after these. */
  isPart: boolean
}

export function PrintOut(props: Props) {
  const [printedAt, setPrintedAt] = useState<number | null>(null)
  const queries = useQueryClient()
  const { messages } = props
  useEffect(() => keepReady(queries, messages), [queries, messages])
  const print = usePrint()
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (!isPrintKey(event)) return
    event.preventDefault()
    void print()
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => press(event)
    // The browser takes the page as it stands when this returns.
    const before = () => flushSync(() => setPrintedAt(Date.now()))
    const after = () => setPrintedAt(null)
    addEventListener('beforeprint', before)
    addEventListener('afterprint', after)
    addEventListener('keydown', onKey)
    return () => {
      removeEventListener('keydown', onKey)
      removeEventListener('beforeprint', before)
      removeEventListener('afterprint', after)
    }
  }, [])
  return printedAt === null ? null : createPortal(<Paper {...props} at={printedAt} />, document.body)
}

function Paper({ entry, title, messages, isPart, at }: Props & { at: number }) {
  const { i18n } = useLingui()
  const me = useMe()
  const organisation = useOrganisationName()
  const kept = useKeptFor(entry.conversation.kept_days)
  const [first, last] = [messages[0], messages.at(-1)]
  const printedAt = moment(at, i18n.locale)
  return (
    <div className={styles.paper} data-print>
      <header className={styles.head}>
        <h1 dir="auto">{title}</h1>
        <p>
          {organisation} · <Plural value={messages.length} one="# message" other="# messages" />
          {first && last && <> · {moment(first.sent_at, i18n.locale)} – {moment(last.sent_at, i18n.locale)}</>}
        </p>
        {isPart && <p><Trans>A part of the conversation: only what was loaded is on this paper. Scroll up to load more.</Trans></p>}
        <p><Trans>Printed by {me?.name ?? ''} on {printedAt}. In Tulou these messages are {kept}; paper keeps them as long as you do.</Trans></p>
      </header>
      {messages.map((message, place) => {
        const day = dayOf(message.sent_at)
        const before = messages[place - 1]
        return (
          <div key={message.id}>
            {(!before || dayOf(before.sent_at) !== day) && <h2 className={styles.day}>{fullDay(message.sent_at, i18n.locale)}</h2>}
            <Line message={message} at={clock(message.sent_at, i18n.locale)} />
          </div>
        )
      })}
    </div>
  )
}

function Line({ message, at }: { message: Message; at: string }) {
  const { body, state } = message
  if (body?.kind === 'system') return <p className={styles.system}>{at} · <SystemText message={message} body={body} /></p>
  const name = <Name id={message.author_id} />
  if (state === 'recalled' || state === 'removed') return <p className={styles.system}>{at} · {state === 'removed' ? <Trans>A message was removed</Trans> : <Trans>{name} recalled a message</Trans>}</p>
  if (body?.kind !== 'text') return null
  return (
    <article className={styles.message}>
      <p className={styles.who}><b>{name}</b> <time>{at}</time>{state === 'edited' && <> · <Trans>edited</Trans></>}</p>
      {body.reply_to && <Quote conversation={message.conversation_id} to={body.reply_to} />}
      {body.text !== '' && <MessageText text={body.text} mentions={body.mentions ?? []} callsAll={body.mentions_all === true} />}
      {filesOf(body).map((file) => <File key={file.id} message={message} file={file} />)}
    </article>
  )
}

function Quote({ conversation, to }: { conversation: string; to: NonNullable<TextBody['reply_to']> }) {
  const { t } = useLingui()
  const words = useQuoted(conversation, to)
  if (words === null) return <p className={styles.quote}>{t`The message this answers is gone`}</p>
  return <p className={styles.quote}><Name id={to.author_id ?? ''} />{t({ message: ': ', comment: 'Between a name and what that person said' })}{words}</p>
}

/** A picture as far as it was made ready, and in any case the name. */
function File({ message, file }: { message: Message; file: FileRef }) {
  const queries = useQueryClient()
  const { conversation_id, seq } = message
  const known = isShown(file) ? queries.getQueryData(addressesOf({ conversation: conversation_id, seq, file: file.id }).queryKey) : undefined
  return (
    <figure className={styles.file}>
      {known?.thumbnail && <img className={styles.picture} src={known.thumbnail} alt="" decoding="sync" />}
      <figcaption>[{file.name}]</figcaption>
    </figure>
  )
}
