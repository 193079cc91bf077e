/** Above the text field: what is being answered or changed. */
import { Trans, useLingui } from '@lingui/react/macro'
import { PenLine, Reply, X } from 'lucide-react'
import { Icon } from '~/ui/Icon'
import { IconButton } from '~/ui/IconButton'
import type { Writing } from '../conversation/ConversationView'
import { useSummary } from '../files/summary'
import { Name } from '../names'
import styles from './WritingBar.module.css'

export function WritingBar({ writing, onCancel }: { writing: Writing; onCancel: () => void }) {
  const { t } = useLingui()
  const about = writing.t === 'new' ? null : writing.t === 'reply' ? writing.to : writing.message
  const summaryOf = useSummary()
  if (about === null) return null
  const name = <Name id={about.author_id} />
  const excerpt = about.body?.kind === 'text' ? summaryOf(about.body, 120) : ''
  return (
    <div className={styles.bar}>
      <Icon icon={writing.t === 'reply' ? Reply : PenLine} size={15} />
      <span className="grow ellipsis">
        <b>{writing.t === 'reply' ? <Trans>Reply to {name}</Trans> : <Trans>Edit your message</Trans>}</b>{' '}
        <span className={styles.excerpt}>{excerpt}</span>
      </span>
      <IconButton icon={X} size="s" label={t`Cancel`} keys="Esc" onPress={onCancel} />
    </div>
  )
}
