/** What is known about a group: who is in it, what happens to its data, and what one may do. */
import { useLingui } from '@lingui/react/macro'
import { X } from 'lucide-react'
import { memo } from 'react'
import { IconButton } from '~/ui/IconButton'
import { Sheet } from '~/ui/Sheet'
import { useDrawn } from '~/ui/useDrawn'
import { useMedia } from '~/lib/useMedia'
import type { Entry } from '../engine/entry'
import { DataCard } from './DataCard'
import { GroupActions } from './GroupActions'
import { GroupName } from './GroupName'
import { GroupPeople } from './GroupPeople'
import { RecentFiles } from '../files/RecentFiles'
import { MySwitches } from './MySwitches'
import styles from './GroupPanel.module.css'

interface Props {
  entry: Entry
  onClose: () => void
}

export const GroupPanel = memo(function GroupPanel({ entry, onClose }: Props) {
  const { t } = useLingui()
  const isWide = useMedia('(min-width: 1280px)')
  // Whoever opens a conversation looks at its messages first.
  const isDrawn = useDrawn()
  if (!isWide) {
    return (
      <Sheet title={t`Group info`} isOpen onOpenChange={(isOpen) => !isOpen && onClose()}>
        <Content entry={entry} />
      </Sheet>
    )
  }
  return (
    <aside className={styles.panel} aria-label={t`Group info`}>
      <header className={styles.head}>
        <h2 className={styles.title}>{t`Group info`}</h2>
        <IconButton icon={X} size="s" label={t`Close`} onPress={onClose} />
      </header>
      <div className={styles.scroll}>{isDrawn && <Content entry={entry} />}</div>
    </aside>
  )
})

function Content({ entry }: { entry: Entry }) {
  const { conversation } = entry
  return (
    <div className={styles.content}>
      <GroupName conversation={conversation} />
      <GroupPeople conversation={conversation} />
      <RecentFiles conversation={conversation.id} />
      <MySwitches conversation={conversation} />
      <DataCard conversation={conversation} />
      <GroupActions conversation={conversation} />
    </div>
  )
}
