/** One conversation in the list. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { BellOff, Pin } from 'lucide-react'
import { memo } from 'react'
import { Link } from 'react-aria-components'
import { links } from '~/shell/links'
import { Badge } from '~/ui/Badge'
import { useContextMenu } from '~/ui/ContextMenu'
import { Icon } from '~/ui/Icon'
import { useIsPhone } from '~/lib/useMedia'
import { useMessages } from '../context'
import { type Entry, unread } from '../engine/entry'
import { ConversationAvatar, Title, useTitle } from '../names'
import { useChoose } from '../opening'
import type { Times } from '../times'
import { ConversationMenu } from './ConversationMenu'
import { LastLine } from './LastLine'
import styles from './ConversationRow.module.css'

interface Props {
  entry: Entry
  isOpen: boolean
  times: Times
  now: number
}

export const ConversationRow = memo(function ConversationRow({ entry, isOpen, times, now }: Props) {
  const { t } = useLingui()
  const { slug, engine } = useMessages()
  const { conversation } = entry
  const { my } = conversation
  const title = useTitle(conversation)
  const menu = useContextMenu()
  const choose = useChoose()
  const isPhone = useIsPhone()
  const count = unread(entry)
  return (
    <>
      <div className={styles.place} {...menu.handlers} onClickCapture={isOpen ? undefined : (event) => choose(conversation.id, event)}>
        <Link
          href={links.conversation(slug, conversation.id)}
          className={styles.row}
          data-conversation={conversation.id}
          data-menu={menu.place !== null || undefined}
          aria-current={isOpen ? 'page' : undefined}
          // What is missing of it comes while the finger is still down.
          onPressStart={() => void engine.open(conversation.id).catch(() => undefined)}
        >
          <ConversationAvatar conversation={conversation} size={isPhone ? 48 : 40} />
          <span className={styles.inside}>
            <span className={styles.first}>
              <span className={`${styles.name} ellipsis`} dir="auto"><Title of={conversation} /></span>
              {my.is_pinned && <Icon icon={Pin} size={13} label={t`Pinned`} />}
              <time className={styles.time} dateTime={entry.last.at}>{times.short(entry.last.at, now)}</time>
            </span>
            <span className={styles.second}>
              <span className="grow ellipsis" dir="auto"><LastLine entry={entry} isOpen={isOpen} now={now} /></span>
              {my.is_muted && <Icon icon={BellOff} size={13} label={t`Muted`} />}
              <Waiting count={count} isMarked={my.is_marked_unread} isMuted={my.is_muted} />
            </span>
          </span>
        </Link>
      </div>
      {/* Beside the row, not in it: a press in the menu is none on the row. */}
      {menu.place !== null && <ConversationMenu entry={entry} title={title} place={menu.place} hasKeys={isOpen} onClose={menu.close} />}
    </>
  )
})

function Waiting({ count, isMarked, isMuted }: { count: number; isMarked: boolean; isMuted: boolean }) {
  if (count === 0 && !isMarked) return null
  return (
    <>
      <Badge count={Math.max(count, 1)} isMuted={isMuted} isDot={count === 0} label="" />
      <span className="hidden-visually">
        {count > 0 ? <Plural value={count} one="# unread message" other="# unread messages" /> : <Trans>Marked unread</Trans>}
      </span>
    </>
  )
}
