/** Where a message was: its author took it back, or an administrator removed it. */
import { Trans } from '@lingui/react/macro'
import { Undo2 } from 'lucide-react'
import type { Message } from '~/api/types'
import { Icon } from '~/ui/Icon'
import { Name } from '../names'
import { useTimes } from '../times'
import styles from './Tombstone.module.css'

interface Props {
  message: Message
  isMine: boolean
  /** The name in it leads to the card. */
  hasLinks?: boolean
}

/** What became of it, in words. */
export function Gone({ message, isMine, hasLinks }: Props) {
  const name = <Name id={message.author_id} isLink={hasLinks} />
  if (message.state === 'removed') return <Trans>A message was removed</Trans>
  return isMine ? <Trans>You recalled a message</Trans> : <Trans>{name} recalled a message</Trans>
}

export function Tombstone({ message, isMine }: Omit<Props, 'hasLinks'>) {
  const times = useTimes()
  return (
    <div className={styles.row} data-message={message.seq} tabIndex={-1}>
      <span className={styles.stone} title={times.full(message.sent_at)}>
        <Icon icon={Undo2} size={13} />
        <Gone message={message} isMine={isMine} hasLinks />
      </span>
    </div>
  )
}
