/** Beside the list, before a conversation is chosen. */
import { Trans, useLingui } from '@lingui/react/macro'
import { EmptyState } from '~/ui/State'
import { useChat } from './context'
import styles from './NoConversation.module.css'

export function NoConversation() {
  const { t } = useLingui()
  const hasAny = useChat((state) => state.entries.size > 0)
  return (
    <div className={styles.place}>
      <EmptyState title={hasAny ? t`Choose a conversation` : t`Conversations open here`}>
        <Trans>Your messages are kept on your organisation’s own server, encrypted, and deleted when their time is over.</Trans>
      </EmptyState>
    </div>
  )
}
