/** Beside the list, before a conversation is chosen. */
import { Trans, useLingui } from '@lingui/react/macro'
import { EmptyState } from '~/ui/State'
import styles from './NoConversation.module.css'

export function NoConversation() {
  const { t } = useLingui()
  return (
    <div className={styles.place}>
      <EmptyState title={t`Choose a conversation`}>
        <Trans>Your messages are kept on your organisation’s own server, encrypted, and deleted when their time is over.</Trans>
      </EmptyState>
    </div>
  )
}
