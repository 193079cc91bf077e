/** The messages on the screen. It follows the live end, keeps its place when older ones come in, and says what is new. */
import { useLingui } from '@lingui/react/macro'
import { type KeyboardEvent, memo, useMemo, useState } from 'react'
import type { Message } from '~/api/types'
import { Sheet } from '~/ui/Sheet'
import { useChat, useMessages } from '../context'
import type { Entry } from '../engine/entry'
import { dayOf } from '../times'
import { MessageActionsContext } from './actions'
import { Announcer } from './Announcer'
import { JumpButtons } from './JumpButtons'
import { NotLoaded } from './NotLoaded'
import { ReaderLists } from './ReaderLists'
import { RemoveDialog } from './RemoveDialog'
import { RowView } from './RowView'
import { rowsOf } from './rows'
import { useMessageScroll } from './useMessageScroll'
import type { MessageWindow } from './useWindow'
import styles from './MessageList.module.css'

interface Props {
  entry: Entry
  view: MessageWindow
  unreadAfter: number | null
  target: { seq: number } | null
  sends: number
  onJump: (seq: number) => void
  onReply: (message: Message) => void
  onEdit: (message: Message) => void
  onForward: (message: Message) => void
}

/** Moves between messages with the arrow keys once one of them has the focus. */
function moveFocus(event: KeyboardEvent<HTMLElement>) {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  const here = event.target instanceof HTMLElement ? event.target.closest('[data-message]') : null
  if (step === 0 || event.altKey || (event.target !== here && event.target !== event.currentTarget)) return
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-message]')]
  const next = here ? all.findIndex((one) => one === here) + step : all.length - 1
  event.preventDefault()
  all[next]?.focus()
  all[next]?.scrollIntoView({ block: 'nearest' })
}

export const MessageList = memo(function MessageList({ entry, view, unreadAfter, target, sends, onJump, onReply, onEdit, onForward }: Props) {
  const { t } = useLingui()
  const { me } = useMessages()
  const id = entry.conversation.id
  const outbox = useChat((state) => state.outbox)
  const outgoing = useMemo(
    () => (view.isLive ? outbox.filter((item) => item.conversation_id === id) : []),
    [outbox, id, view.isLive],
  )
  const { messages } = view
  const rows = useMemo(
    () => rowsOf({ messages, outgoing, me, unreadAfter, hasStart: view.isLoaded && !view.hasOlder, dayOf }),
    [messages, outgoing, me, unreadAfter, view.isLoaded, view.hasOlder],
  )
  const [listed, setListed] = useState<Message | null>(null)
  const [doomed, setDoomed] = useState<Message | null>(null)
  const [known] = useState(entry.last.seq)
  const { scroller, virtual, isLoading, isAtEnd, firstSeq, hasSeenLine, flash, toEnd } = useMessageScroll({ id, rows, view, target, unreadAfter, sends })
  const actions = useMemo(
    () => ({ entry, jump: onJump, reply: onReply, edit: onEdit, forward: onForward, showReaders: setListed, remove: setDoomed }),
    [entry, onJump, onReply, onEdit, onForward],
  )
  if (!view.isLoaded) return <NotLoaded key={id} id={id} />
  return (
    <MessageActionsContext value={actions}>
      <div className={styles.frame}>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions -- the log scrolls, and its messages are walked through, by keyboard */}
        <div ref={scroller} className={styles.scroller} onKeyDown={moveFocus} role="log" aria-live="off" aria-label={t`Messages`} tabIndex={0} aria-busy={isLoading}>
          <div className={styles.sized} style={{ blockSize: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map((item) => {
              const row = rows[item.index]
              if (!row) return null
              return (
                <div key={item.key} ref={virtual.measureElement} data-index={item.index} className={styles.row} style={{ transform: `translateY(${item.start}px)` }}>
                  <RowView row={row} flashes={row.t === 'message' && row.message.seq === flash} />
                </div>
              )
            })}
          </div>
        </div>
        <JumpButtons entry={entry} view={view} unreadAfter={hasSeenLine ? null : unreadAfter} isAtEnd={isAtEnd} firstSeen={firstSeq} onJump={onJump} onEnd={toEnd} />
        <Announcer messages={messages} known={known} />
        <Sheet title={t`Who has read this`} isOpen={listed !== null} onOpenChange={() => setListed(null)}>
          {listed !== null && <ReaderLists conversation={id} seq={listed.seq} />}
        </Sheet>
        <RemoveDialog message={doomed} onClose={() => setDoomed(null)} />
      </div>
    </MessageActionsContext>
  )
})
