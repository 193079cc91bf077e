/** What one wrote in a conversation one is no longer in: to be copied elsewhere, or deleted. Nothing that others said stands here. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useRouter } from '@tanstack/react-router'
import { useEffect, useEffectEvent, useId } from 'react'
import { isolated } from '~/lib/bidi'
import { listOf } from '~/lib/lists'
import { links } from '~/shell/links'
import { Button } from '~/ui/Button'
import { Link } from '~/ui/Link'
import { toast } from '~/ui/toast'
import { useChat, useMessages } from '../context'
import type { Outbox, Outgoing } from '../engine/outbox'
import { justLost, orphans } from '../engine/unsent'
import { useCopy } from '../useCopy'
import styles from './Unsent.module.css'

/** In the place of the conversation. */
export function Unsent({ id }: { id: string }) {
  const title = useId()
  const outbox = useChat((state) => state.outbox)
  const items = outbox.filter((item) => item.conversation_id === id && item.state === 'failed')
  if (items.length === 0) return null
  return (
    <section className={styles.unsent} aria-labelledby={title}>
      <h2 id={title} className={styles.title}><Trans>Not sent</Trans></h2>
      <p className={styles.lead}><Trans>Only you see this, on this device. It stays until you delete it or sign out, 30 days at most.</Trans></p>
      <ul className={styles.items}>
        {items.map((item) => <Item key={item.client_id} item={item} />)}
      </ul>
    </section>
  )
}

function Item({ item }: { item: Outgoing }) {
  const { t, i18n } = useLingui()
  const { engine } = useMessages()
  const copy = useCopy()
  const { text, files = [] } = item.body
  const names = listOf(i18n.locale, files.map((file) => isolated(file.name)))
  return (
    <li className={styles.item}>
      {text !== '' && <p className={styles.text} dir="auto">{text}</p>}
      {names !== '' && <p className={styles.note}><Trans>Files: {names}</Trans></p>}
      {item.is_draft === true && <p className={styles.note}><Trans>Draft</Trans></p>}
      {item.has_left === true && <p className={styles.note}><Trans>It went out and no answer came back: it may have arrived.</Trans></p>}
      <div className={styles.actions}>
        <Button size="s" variant="ghost" onPress={() => engine.sender.drop(item.client_id)}>{t`Delete`}</Button>
        {text !== '' && <Button size="s" variant="soft" onPress={() => void copy(text, t`Text copied`)}>{t`Copy text`}</Button>}
      </div>
    </li>
  )
}

/** Above the conversations: where it is found again. */
export function UnsentElsewhere() {
  const { t } = useLingui()
  const { slug } = useMessages()
  const outbox = useChat((state) => state.outbox)
  const entries = useChat((state) => state.entries)
  const items = orphans(outbox).filter((item) => !entries.has(item.conversation_id))
  const places = [...new Map(items.map((item) => [item.conversation_id, item]))]
  if (places.length === 0) return null
  return (
    <ul className={styles.places} aria-label={t`Not sent`}>
      {places.map(([id, { gone_from }]) => {
        const place = isolated(gone_from || t`Group chat`)
        const count = items.filter((item) => item.conversation_id === id).length
        return (
          <li key={id}>
            <Link href={links.conversation(slug, id)}><Plural value={count} one={`# message to ${place} was not sent`} other={`# messages to ${place} were not sent`} /></Link>
          </li>
        )
      })}
    </ul>
  )
}

/** Says it at once, unless one looks at the place where it stands. Draws nothing. */
export function TellUnsent() {
  const { t } = useLingui()
  const { engine } = useMessages()
  const router = useRouter()
  const tell = useEffectEvent((lost: Outbox) => {
    const elsewhere = lost.filter((item) => !router.state.location.pathname.endsWith(`/${item.conversation_id}`))
    for (const name of new Set(elsewhere.map((item) => item.gone_from))) {
      const place = isolated(name || t`Group chat`)
      toast(t`You are no longer in ${place}: what you wrote was not sent. It stands above your conversations.`, { tone: 'bad' })
    }
  })
  useEffect(() => engine.store.subscribe((state, before) => tell(justLost(state, before))), [engine])
  return null
}
