/** One line of the list: a day, the unread line, what happened, or what somebody said. */
import { Plural, Trans } from '@lingui/react/macro'
import { memo } from 'react'
import { AskAdministrator } from '~/shell/AskAdministrator'
import { useChat } from '../context'
import { useKeptFor } from '../keptFor'
import { SystemText } from '../SystemText'
import { useTimes } from '../times'
import { useNow } from '../useNow'
import { ConversationAvatar, Title } from '../names'
import { useMessageActions } from './actions'
import { MessageRow } from './MessageRow'
import { OutgoingRow } from './OutgoingRow'
import type { Row } from './rows'
import styles from './RowView.module.css'

export const RowView = memo(function RowView({ row, flashes }: { row: Row; flashes: boolean }) {
  switch (row.t) {
    case 'start':
      return <Beginning />
    case 'day':
      return <Day at={row.at} />
    case 'unread':
      return (
        <div className={styles.unread} role="separator">
          <span><Plural value={row.count} one="# new message" other="# new messages" /></span>
        </div>
      )
    case 'system':
      return (
        <p className={styles.system} data-message={row.message.seq} tabIndex={-1}>
          {row.message.body?.kind === 'system' && <SystemText message={row.message} body={row.message.body} hasLinks />}
        </p>
      )
    case 'outgoing':
      return <OutgoingRow item={row.item} isFirst={row.isFirst} />
    case 'message':
      return <MessageRow row={row} flashes={flashes} />
  }
})

function Day({ at }: { at: string }) {
  const times = useTimes()
  const now = useNow(60_000)
  return (
    <div className={styles.day} role="separator">
      <time dateTime={at}>{times.day(at, now)}</time>
    </div>
  )
}

/** Above the first message: whose conversation it is, and why nothing is older. */
function Beginning() {
  const { entry } = useMessageActions()
  const { conversation } = entry
  const kept = useKeptFor(conversation.kept_days)
  const first = useChat((state) => state.logs.get(conversation.id)?.first ?? null)
  return (
    <div className={styles.beginning}>
      <ConversationAvatar conversation={conversation} size={56} />
      <p className={styles.name} dir="auto"><Title of={conversation} /></p>
      <p className={styles.words}>
        {first !== null && first > 1 ? (
          <Trans>Older messages are not shown here: their time is over, or they are from before you joined. Messages are {kept}.</Trans>
        ) : (
          <Trans>This is the beginning. Messages are encrypted on your organisation’s server and {kept}.</Trans>
        )}
      </p>
      <AskAdministrator look="link" topic="keeping" />
    </div>
  )
}
