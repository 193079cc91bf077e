/** A conversation on paper: what is loaded here, whole and without controls. It is drawn only while the browser prints. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useEffect, useState } from 'react'
import { createPortal, flushSync } from 'react-dom'
import type { Message } from '~/api/types'
import { useMe, useOrganisationName } from '~/shell/session'
import type { Entry } from '../engine/entry'
import { filesOf } from '../files/types'
import { useKeptFor } from '../keptFor'
import { Name } from '../names'
import { SystemText } from '../SystemText'
import { MessageText } from '../text/MessageText'
import { dayOf, useTimes } from '../times'
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
  useEffect(() => {
    // The browser takes the page as it stands when this returns.
    const before = () => flushSync(() => setPrintedAt(Date.now()))
    const after = () => setPrintedAt(null)
    addEventListener('beforeprint', before)
    addEventListener('afterprint', after)
    return () => {
      removeEventListener('beforeprint', before)
      removeEventListener('afterprint', after)
    }
  }, [])
  return printedAt === null ? null : createPortal(<Paper {...props} at={printedAt} />, document.body)
}

function Paper({ entry, title, messages, isPart, at }: Props & { at: number }) {
  const { i18n } = useLingui()
  const times = useTimes()
  const me = useMe()
  const organisation = useOrganisationName()
  const kept = useKeptFor(entry.conversation.kept_days)
  const [first, last] = [messages[0], messages.at(-1)]
  const moment = new Intl.DateTimeFormat(i18n.locale, { dateStyle: 'long', timeStyle: 'short' })
  const printedAt = moment.format(at)
  return (
    <div className={styles.paper} data-print>
      <header className={styles.head}>
        <h1 dir="auto">{title}</h1>
        <p>
          {organisation} · <Plural value={messages.length} one="# message" other="# messages" />
          {first && last && <> · {moment.format(new Date(first.sent_at))} – {moment.format(new Date(last.sent_at))}</>}
        </p>
        {isPart && <p><Trans>A part of the conversation: only what was loaded is on this paper. Scroll up to load more.</Trans></p>}
        <p><Trans>Printed by {me?.name ?? ''} on {printedAt}. In Tulou these messages are {kept}; paper keeps them as long as you do.</Trans></p>
      </header>
      {messages.map((message, place) => {
        const day = dayOf(message.sent_at)
        const before = messages[place - 1]
        return (
          <div key={message.id}>
            {(!before || dayOf(before.sent_at) !== day) && <h2 className={styles.day}>{new Intl.DateTimeFormat(i18n.locale, { dateStyle: 'full' }).format(new Date(message.sent_at))}</h2>}
            <Line message={message} clock={times.clock(message.sent_at)} />
          </div>
        )
      })}
    </div>
  )
}

function Line({ message, clock }: { message: Message; clock: string }) {
  const { t } = useLingui()
  const { body, state } = message
  if (body?.kind === 'system') return <p className={styles.system}>{clock} · <SystemText message={message} body={body} /></p>
  const name = <Name id={message.author_id} />
  if (state === 'recalled' || state === 'removed') return <p className={styles.system}>{clock} · {state === 'removed' ? <Trans>A message was removed</Trans> : <Trans>{name} recalled a message</Trans>}</p>
  if (body?.kind !== 'text') return null
  return (
    <article className={styles.message}>
      <p className={styles.who}><b>{name}</b> <time>{clock}</time>{state === 'edited' && <> · <Trans>edited</Trans></>}</p>
      {body.reply_to?.excerpt && <p className={styles.quote}><Name id={body.reply_to.author_id ?? ''} />{t({ message: ': ', comment: 'Between a name and what that person said' })}{body.reply_to.excerpt}</p>}
      {body.text !== '' && <MessageText text={body.text} mentions={body.mentions ?? []} callsAll={body.mentions_all === true} />}
      {filesOf(body).map((file) => <p key={file.id} className={styles.file}>[{file.name}]</p>)}
    </article>
  )
}
