/** The part of the screen that takes files dropped on it; while they are above it, it says where they go and who sees them. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Upload } from 'lucide-react'
import type { ReactNode } from 'react'
import { Icon } from '~/ui/Icon'
import { PrivacyLine } from '~/ui/PrivacyLine'
import type { Entry } from '../engine/entry'
import { useKeptFor } from '../keptFor'
import { useExplained } from '../uploads/useExplained'
import { useAttach, useMayAttach } from './useAttach'
import { useFileDrop } from './useFileDrop'
import styles from './DropZone.module.css'

interface Props {
  entry: Entry
  title: string
  className: string | undefined
  /** Not while a message is changed: a change has only words. */
  takesFiles: boolean
  children: ReactNode
}

export function DropZone({ entry, title, className, takesFiles, children }: Props) {
  const attach = useAttach(entry)
  const { first, dialog } = useExplained(entry, { areGiven: true })
  const drop = useFileDrop(useMayAttach(entry) && takesFiles, (files) => files.length > 0 && first(() => attach(files)))
  return (
    <section className={className} aria-label={title} data-conversation-view {...drop.handlers}>
      {children}
      {drop.isOver && <Zone entry={entry} title={title} />}
      {dialog}
    </section>
  )
}

function Zone({ entry, title }: Pick<Props, 'entry' | 'title'>) {
  const { t } = useLingui()
  const kept = useKeptFor(entry.conversation.kept_days)
  return (
    <div className={styles.zone}>
      <Icon icon={Upload} size={21} />
      <p className={styles.words}><Trans>Drop to send to <bdi>{title}</bdi></Trans></p>
      <PrivacyLine keptFor={kept} seenBy={entry.conversation.kind === 'group' ? t`members only` : t`the two of you only`} />
    </div>
  )
}
