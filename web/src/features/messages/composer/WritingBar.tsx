/** Above the text field: what is being answered or changed. */
import { Trans, useLingui } from '@lingui/react/macro'
import { PenLine, Reply, X } from 'lucide-react'
import { Icon } from '~/ui/Icon'
import { IconButton } from '~/ui/IconButton'
import type { Message } from '~/api/types'
import { useSummary } from '../files/summary'
import { Name } from '../names'
import styles from './WritingBar.module.css'

interface Props {
  answered: Message | undefined
  edited: Message | null
  onCancel: () => void
}

export function WritingBar({ answered, edited, onCancel }: Props) {
  const { t } = useLingui()
  const about = edited ?? answered
  const summaryOf = useSummary()
  if (!about) return null
  const name = <Name id={about.author_id} />
  const excerpt = about.body?.kind === 'text' ? summaryOf(about.body, 120) : ''
  return (
    <div className={styles.bar}>
      <Icon icon={edited ? PenLine : Reply} size={15} />
      <span className="grow ellipsis">
        <b>{edited ? <Trans>Edit your message</Trans> : <Trans>Reply to {name}</Trans>}</b>{' '}
        <span className={styles.excerpt}>{excerpt}</span>
      </span>
      <IconButton icon={X} size="s" label={t`Cancel`} keys="Esc" onPress={onCancel} />
    </div>
  )
}
