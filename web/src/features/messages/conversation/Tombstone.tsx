/** Where a message was: its author took it back, or an administrator removed it. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Undo2 } from 'lucide-react'
import type { Message } from '~/api/types'
import { Icon } from '~/ui/Icon'
import { usePerson } from '../context'
import { useTimes } from '../times'
import styles from './Tombstone.module.css'

export function Tombstone({ message, isMine }: { message: Message; isMine: boolean }) {
  const { t } = useLingui()
  const times = useTimes()
  const name = usePerson(message.author_id)?.name ?? t`Somebody`
  return (
    <div className={styles.row} data-message={message.seq} tabIndex={-1}>
      <span className={styles.stone} title={times.full(message.sent_at)}>
        <Icon icon={Undo2} size={13} />
        {message.state === 'removed' ? (
          <Trans>A message was removed</Trans>
        ) : isMine ? (
          <Trans>You recalled a message</Trans>
        ) : (
          <Trans>{name} recalled a message</Trans>
        )}
      </span>
    </div>
  )
}
