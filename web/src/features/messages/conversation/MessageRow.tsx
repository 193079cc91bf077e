/** One message: who said it, the bubble, what can be done with it, and how far it got. */
import { useLingui } from '@lingui/react/macro'
import { isolated } from '~/lib/bidi'
import { MemberAvatar } from '~/shell/MemberAvatar'
import { useContextMenu } from '~/ui/ContextMenu'
import { PlainIconButton } from '~/ui/IconButton'
import { useMedia } from '~/lib/useMedia'
import { cardOf } from '../cards'
import { useMessages, usePerson } from '../context'
import { useSummary } from '../files/summary'
import { filesOf } from '../files/types'
import { Name, useName } from '../names'
import { useTimes } from '../times'
import { useMessageActions } from './actions'
import { Bubble } from './Bubble'
import { useDepartmentName } from './departments'
import { EditedMark } from './EditedMark'
import { MessageMenu } from './MessageMenu'
import { ReadState } from './ReadState'
import type { Row } from './rows'
import { Tombstone } from './Tombstone'
import styles from './MessageRow.module.css'

interface Props {
  row: Extract<Row, { t: 'message' }>
  flashes: boolean
}

export function MessageRow({ row, flashes }: Props) {
  const { t } = useLingui()
  const { message, isFirst, isLast, isMine } = row
  const { entry, reply } = useMessageActions()
  const { me, slug } = useMessages()
  const author = usePerson(message.author_id)
  const times = useTimes()
  const menu = useContextMenu(bubbleOf)
  const isTouch = useMedia('(hover: none)')
  const summaryOf = useSummary()
  const name = useName(message.author_id)
  const isGone = message.state === 'recalled' || message.state === 'removed'
  if (isGone) return <Tombstone message={message} isMine={isMine} />
  const clock = times.clock(message.sent_at)
  const text = message.body?.kind === 'text' ? summaryOf(message.body, 120) : ''
  const face = <MemberAvatar member={author ?? { id: message.author_id, name: name ?? '', colour: 8, avatar: null }} size={36} />
  const isGroup = entry.conversation.kind === 'group'
  return (
    <article
      className={styles.row}
      data-mine={isMine || undefined}
      data-first={isFirst || undefined}
      data-files={filesOf(message.body).length > 0 || undefined}
      data-flash={flashes || undefined}
      data-menu={menu.place !== null || undefined}
      data-message={message.seq}
      tabIndex={-1}
      aria-label={t`${isMine ? t`You` : isolated(name ?? '')}, ${clock}`}
      {...menu.handlers}
    >
      {!isMine && <span className={styles.gutter}>{isFirst && (author ? <a tabIndex={-1} aria-hidden="true" {...cardOf(slug, author.id)}>{face}</a> : face)}</span>}
      <div className={styles.body}>
        {isFirst && !isMine && <Author id={isGroup ? message.author_id : null} department={author?.department ?? null} at={message.sent_at} />}
        <div className={styles.line}>
          <Bubble message={message} me={me} isMine={isMine} />
          <div className={styles.tools}>
            {entry.conversation.can.send && <span className={styles.hovering}><PlainIconButton line="reply" label={t`Reply`} onPress={() => reply(message)} /></span>}
            <PlainIconButton line="more" size={isTouch ? 'touch' : 's'} label={t`More`} onPress={(button) => menu.open(placeOf(button))} />
          </div>
        </div>
        <div className={styles.after}>
          {message.state === 'edited' && <EditedMark message={message} />}
          {isMine && isLast && (
            <>
              <time dateTime={message.sent_at} title={times.full(message.sent_at)}>{clock}</time>
              <ReadState message={message} />
            </>
          )}
        </div>
      </div>
      {menu.place !== null && <MessageMenu message={message} place={menu.place} onClose={menu.close} excerpt={text} />}
    </article>
  )
}

/** The row is as wide as the column; one's own words stand at its end. */
const bubbleOf = (row: Element) => row.querySelector(`.${styles.line}`)

function placeOf(target: Element) {
  const box = target.getBoundingClientRect()
  return { x: box.left, y: box.bottom }
}

/** The tab key has enough to do with each message: it goes past the author, to whom the menu leads as well. */
function Author({ id, department, at }: { id: string | null; department: string | null; at: string }) {
  const times = useTimes()
  const place = useDepartmentName(department)
  return (
    <div className={styles.author}>
      {id !== null && <b><Name id={id} isLink tabIndex={-1} /></b>}
      {id !== null && place !== null && <span className="ellipsis">{place}</span>}
      <time dateTime={at} title={times.full(at)}>{times.clock(at)}</time>
    </div>
  )
}
